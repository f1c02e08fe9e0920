/**
 * Configuration: one YAML file, environment variables and flags, seen as one tree whose every value knows its place.
 *
 * <p>Order of precedence: flag, environment, file, default. Whoever owns a section reads it through
 * {@link dev.geniehive.api.host.ConfigView}; reads are recorded, so that keys which nobody knows are found, and problems
 * are collected, so that all of them are told at once. Secrets are never printed.
 */
package dev.geniehive.kernel.config;
