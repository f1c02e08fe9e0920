/** A ranking policy that prefers machines by name. */
package com.example.preferhost;
