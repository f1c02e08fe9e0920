package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request holds and somebody has to give back. A reply is a plugin's: whatever it throws, the slot comes back.
 *
 * @param slot the service's slot, if one is held
 * @param reply the engine's reply, if there is one
 */
record InHand(@Nullable Reservation slot, @Nullable MeasuredReply reply) {
    private static final Logger log = LoggerFactory.getLogger(InHand.class);

    /** Hangs up first, so that the engine is free when the next one gets the slot. */
    void release() {
        try {
            if (reply != null) {
                reply.close();
            }
        } catch (RuntimeException broken) {
            log.warn("A reply did not close properly", broken);
        } finally {
            if (slot != null) {
                slot.close();
            }
        }
    }

    /** {@return what the reply cost, as far as it is known} */
    Optional<Usage> usage() {
        try {
            return reply == null ? Optional.empty() : reply.usage();
        } catch (RuntimeException broken) {
            log.warn("A reply did not tell its usage", broken);
            return Optional.empty();
        }
    }

    /** {@return why the client did not get all of an answer that had begun; empty if it did} */
    Optional<Problem> problem() {
        return reply == null ? Optional.empty() : reply.problem();
    }

    /** {@return the asset that answered; empty if none did} */
    String model(Progress last) {
        return slot != null && last instanceof Progress.Answered
                ? slot.chosen().offer().asset().id()
                : "";
    }
}
