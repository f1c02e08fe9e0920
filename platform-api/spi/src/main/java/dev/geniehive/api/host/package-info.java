/** What the platform implements and lends to plugins. These types may gain methods. */
package dev.geniehive.api.host;
