package dev.geniehive.kernel.plugin;

import org.jspecify.annotations.Nullable;

/**
 * One call into a plugin.
 *
 * @param <T> what is called
 * @param <R> what comes back; only types of the JDK and of the platform API
 */
@FunctionalInterface
public interface Call<T, R extends @Nullable Object> {
    R on(T object) throws InterruptedException;
}
