/**
 * From a name to a service.
 *
 * <p>The order is a promise and so it is code, not a plugin: a model that is loaded and healthy first, then a role, then
 * a model that can be loaded, then a clear failure. Only the ranking of equals is open to plugins. A decision is a pure
 * function of a snapshot and a request, and one {@link dev.geniehive.control.routing.Decision} record is what headers,
 * {@code routes/resolve} and tests all print.
 */
package dev.geniehive.control.routing;
