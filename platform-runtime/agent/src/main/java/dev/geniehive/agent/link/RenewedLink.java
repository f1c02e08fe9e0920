package dev.geniehive.agent.link;

import dev.geniehive.kernel.config.Secret;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The link to one control plane: there is one as long as there is a key, and another one when the key changes. */
public final class RenewedLink implements AutoCloseable {
    private final Function<Secret, AutoCloseable> dial;
    private final ReentrantLock changing = new ReentrantLock();
    private @Nullable Standing standing;
    private boolean closed;

    private record Standing(Secret key, AutoCloseable link) {}

    /** @param dial starts a link; must be quick */
    public RenewedLink(Function<Secret, AutoCloseable> dial) {
        this.dial = dial;
    }

    /** Has the link stand under this key, or fall if there is none. */
    public void under(Optional<Secret> key) {
        changing.lock();
        try {
            Standing now = standing;
            if (closed || (now != null && key.equals(Optional.of(now.key())))) {
                return;
            }
            cut();
            standing = key.map(fresh -> new Standing(fresh, dial.apply(fresh))).orElse(null);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        changing.lock();
        try {
            closed = true;
            cut();
        } finally {
            changing.unlock();
        }
    }

    private void cut() {
        Standing now = standing;
        standing = null;
        if (now == null) {
            return;
        }
        try {
            now.link().close();
        } catch (Exception failed) {
            throw new IllegalStateException("the link did not close", failed);
        }
    }
}
