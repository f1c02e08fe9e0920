package dev.geniehive.control.routing;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.protocol.Terms;
import java.util.List;
import java.util.Optional;

/**
 * Where a request may wait, and what it may use.
 *
 * @param queues those that its key is bound to; empty if to none
 * @param overflow whether it has waited so long that services may be used that are for overflow only
 */
public record Claim(List<String> queues, boolean overflow) {
    /** A request of a key that is bound to nothing, and that has not waited yet. */
    public static final Claim FREE = new Claim(List.of(), false);

    public Claim {
        queues = List.copyOf(queues);
    }

    /** {@return the same after waiting long enough for overflow} */
    public Claim overflowing() {
        return new Claim(queues, true);
    }

    /** {@return whether it may wait in the queue of a role, if that has one} */
    boolean admits(Optional<String> named) {
        return queues.isEmpty() || named.isEmpty() || queues.contains(named.get());
    }

    /**
     * {@return the queue that it waits in}
     *
     * @param named the queue of the role that was asked for, if that has one
     * @throws GenieException of kind {@code FORBIDDEN} if the key is bound to others
     */
    String queue(Optional<String> named) {
        if (queues.isEmpty()) {
            return named.orElse(Terms.SHARED_QUEUE);
        }
        if (!admits(named)) {
            throw new GenieException(
                    ErrorKind.FORBIDDEN,
                    "This waits in the queue '%s', and the key is bound to %s."
                            .formatted(named.orElse(""), String.join(", ", queues)));
        }
        return named.orElse(queues.getFirst());
    }
}
