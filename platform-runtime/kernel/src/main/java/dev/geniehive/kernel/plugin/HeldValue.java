package dev.geniehive.kernel.plugin;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.UpstreamException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin's reply in use; its plugin has been entered and is left when this is closed. */
final class HeldValue<R extends AutoCloseable> implements Held<R> {
    private static final Logger log = LoggerFactory.getLogger(HeldValue.class);

    private final Loaded loaded;
    private final String label;
    private final R value;
    private final Wall wall;
    private final AtomicBoolean closed = new AtomicBoolean();

    HeldValue(Loaded loaded, String label, R value, Wall wall) {
        this.loaded = loaded;
        this.label = label;
        this.value = value;
        this.wall = wall;
    }

    @Override
    public R value() {
        return value;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            wall.<R, Boolean>call(loaded, label, value, HeldValue::closeOne);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GenieException | UpstreamException e) {
            log.warn("Plugin {} failed while what it returned for {} was closed", loaded.id(), label, e);
        } finally {
            loaded.gate().leave();
        }
    }

    private static boolean closeOne(AutoCloseable value) throws InterruptedException {
        try {
            value.close();
            return true;
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
