/** The agents' way in. */
package dev.geniehive.control.node;
