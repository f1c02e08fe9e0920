/** Data that the platform and its plugins both read: records, enums, and a small JSON. Immutable, valid or not there. */
package dev.geniehive.api.model;
