package dev.geniehive.kernel.plugin;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plugin's object behind its wall. */
final class LentObject<T> implements Lent<T> {
    private final Loaded loaded;
    private final String name;
    private final String label;
    private final T object;
    private final Wall wall;

    LentObject(Loaded loaded, String name, String label, T object, Wall wall) {
        this.loaded = loaded;
        this.name = name;
        this.label = label;
        this.object = object;
        this.wall = wall;
    }

    @Override
    public String plugin() {
        return loaded.id();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <R extends @Nullable Object> R call(Call<? super T, ? extends R> call) throws InterruptedException {
        wall.enter(loaded);
        try {
            return wall.<T, R>call(loaded, label, object, call);
        } finally {
            loaded.gate().leave();
        }
    }

    @Override
    public <R extends AutoCloseable> Held<R> hold(Call<? super T, ? extends R> call) throws InterruptedException {
        wall.enter(loaded);
        boolean held = false;
        try {
            R value = wall.<T, R>call(loaded, label, object, it -> nonNull(call.on(it)));
            held = true;
            return new HeldValue<>(loaded, label, value, wall);
        } finally {
            if (!held) {
                loaded.gate().leave();
            }
        }
    }

    @Override
    public <R extends @Nullable Object> R callWithin(Duration limit, Call<? super T, ? extends R> call)
            throws InterruptedException {
        return wall.<T, R>callWithin(loaded, label, limit, object, call);
    }

    /** A plugin need not have heard of nullness; its null breaks the plugin's call, not ours. */
    private static <R> R nonNull(@Nullable R value) {
        return Objects.requireNonNull(value, "returned null");
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(label, loaded.id());
    }
}
