package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.kernel.plugin.Held;
import dev.geniehive.kernel.plugin.Lent;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The provider adapters that plugins bring. */
public final class PluginAdapters implements Adapters {
    private final Supplier<Map<String, Lent<ProviderAdapter>>> lent;

    /** @param lent the adapters by name as of now; asked for every request */
    public PluginAdapters(Supplier<Map<String, Lent<ProviderAdapter>>> lent) {
        this.lent = lent;
    }

    @Override
    public Set<String> names() {
        return lent.get().keySet();
    }

    @Override
    public Reply invoke(String adapter, Upstream upstream, Invocation invocation) throws InterruptedException {
        Lent<ProviderAdapter> found = named(adapter);
        try {
            return hold(found, upstream, invocation);
        } catch (GenieException stopping) {
            // Its plugin was replaced between the look-up and the call: nothing was sent yet.
            Lent<ProviderAdapter> replaced = named(adapter);
            if (stopping.kind() != ErrorKind.UNAVAILABLE || replaced.equals(found)) {
                throw stopping;
            }
            return hold(replaced, upstream, invocation);
        }
    }

    private Lent<ProviderAdapter> named(String adapter) {
        Lent<ProviderAdapter> found = lent.get().get(adapter);
        if (found == null) {
            throw new GenieException(
                    ErrorKind.UNAVAILABLE, "The adapter '%s' has just gone. Try again.".formatted(adapter));
        }
        return found;
    }

    private static Reply hold(Lent<ProviderAdapter> adapter, Upstream upstream, Invocation invocation)
            throws InterruptedException {
        return new HeldReply(adapter.hold(spoken -> spoken.invoke(upstream, invocation)));
    }

    /** A plugin's reply; the plugin does not stop before it is closed. */
    private record HeldReply(Held<Reply> held) implements Reply {
        @Override
        public int status() {
            return held.value().status();
        }

        @Override
        public Headers headers() {
            return held.value().headers();
        }

        @Override
        public InputStream body() {
            return held.value().body();
        }

        @Override
        public Optional<Usage> usage() {
            return held.value().usage();
        }

        @Override
        public void close() {
            held.close();
        }
    }
}
