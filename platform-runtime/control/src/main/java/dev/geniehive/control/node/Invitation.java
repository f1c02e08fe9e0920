package dev.geniehive.control.node;

import dev.geniehive.kernel.config.Loopback;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where an agent on another machine finds this process.
 *
 * @param url its base address
 * @param warning why that will not do, and what would; empty if nothing is known against it
 */
record Invitation(String url, Optional<String> warning) {
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "[::]", "::");

    /**
     * {@return the best guess}
     *
     * @param listens where this process listens
     * @param hostHeader how the caller reached it, if it said
     * @param own an address of this machine that is not loopback
     */
    static Invitation of(URI listens, Optional<String> hostHeader, Supplier<Optional<String>> own) {
        String host = listens.getHost() == null ? "127.0.0.1" : listens.getHost();
        String usual = (ALL_ADDRESSES.contains(host) ? "127.0.0.1" : host) + ":" + listens.getPort();
        String asked = hostHeader
                .filter(text -> text.matches("[A-Za-z0-9._:\\[\\]-]{1,255}"))
                .orElse(usual);
        if (Loopback.isHost(host)) {
            return new Invitation(
                    listens.getScheme() + "://" + asked,
                    Optional.of(("This control plane listens on %s only, so that no other machine can reach it."
                                    + " Start it with --host 0.0.0.0, or with the address of one network.")
                            .formatted(host)));
        }
        if (!Loopback.isHost(asked)) {
            return new Invitation(listens.getScheme() + "://" + asked, Optional.empty());
        }
        Optional<String> reachable = ALL_ADDRESSES.contains(host) ? own.get() : Optional.of(host);
        return reachable
                .map(address -> new Invitation(
                        "%s://%s:%d".formatted(listens.getScheme(), address, listens.getPort()), Optional.empty()))
                .orElseGet(() -> new Invitation(
                        listens.getScheme() + "://" + asked,
                        Optional.of("This machine has no address but loopback; another one cannot reach it.")));
    }
}
