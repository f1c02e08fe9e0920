/**
 * Names for purposes: what a role is, where roles come from, and which of them hold now.
 *
 * <p>A role is data. {@link dev.geniehive.control.roles.RoleCatalogue} has one writer and gives readers an immutable
 * {@link dev.geniehive.control.roles.RoleBook}; who plays a role is decided in {@code routing}.
 */
package dev.geniehive.control.roles;
