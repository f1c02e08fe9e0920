package dev.geniehive.control;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which database this process keeps its state in, and whether it can be written. */
final class Stores {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Store store;
    private final Ticker ticker;
    private volatile Look last;

    /** What was found when the database was tried last. */
    private record Look(boolean writable, long at) {}

    Stores(Store store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
        this.last = new Look(true, ticker.nanos());
    }

    /** {@return the settings of section {@code store}; what is not acceptable is rejected there with its place} */
    static StoreSettings settings(ConfigView config, Path home) {
        String usual = "jdbc:sqlite:" + home.resolve("geniehive.db");
        Optional<String> url = config.string("url");
        try {
            return StoreSettings.of(url.orElse(usual));
        } catch (IllegalArgumentException refused) {
            config.reject("url", String.valueOf(refused.getMessage()));
            return StoreSettings.of(usual);
        }
    }

    /** {@return whether the database can be written, as of a few seconds ago: whoever asks often costs it little} */
    boolean writable() {
        Look known = last;
        if (ticker.nanos() - known.at() > BETWEEN_LOOKS.toNanos()) {
            known = new Look(store.isWritable(), ticker.nanos());
            last = known;
        }
        return known.writable();
    }
}
