/** Beside the code that it measures, which nobody else may see. */
package dev.geniehive.control.gateway;
