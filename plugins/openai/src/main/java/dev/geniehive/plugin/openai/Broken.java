package dev.geniehive.plugin.openai;

import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;

/** Failures of an engine that only show in what it says. */
final class Broken {
    private Broken() {}

    static UpstreamException off(String name, Exception cause) {
        return new UpstreamException(Failure.BROKEN, true, "%s broke off: %s".formatted(name, cause), cause);
    }

    static UpstreamException nonsense(String name, String what) {
        return new UpstreamException(Failure.MALFORMED, true, "%s answered %s.".formatted(name, what));
    }
}
