/**
 * Boot and life of a process: which rooms it is made of, in which order they start and stop.
 *
 * <p>What is on the module path is what runs: every {@link dev.geniehive.kernel.app.App} that {@code ServiceLoader}
 * finds on the boot layer is started, and no code asks which ones there are.
 */
package dev.geniehive.kernel.app;
