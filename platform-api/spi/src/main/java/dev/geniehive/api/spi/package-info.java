/** What plugins implement. These types may gain default methods, never abstract ones. */
package dev.geniehive.api.spi;
