/** The operator's API: what the hive looks like, and why a request would go where it goes. */
package dev.geniehive.control.operator;
