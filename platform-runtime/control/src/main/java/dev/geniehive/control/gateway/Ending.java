package dev.geniehive.control.gateway;

import dev.geniehive.api.model.UpstreamException;
import java.util.Optional;

/** A body that knows how it ended. For whoever looks when nobody reads it any more. */
interface Ending {
    /** {@return why it stopped before its end; empty if it did not} */
    Optional<UpstreamException> broken();

    /** {@return whether its end has come; if not, and it is not broken either, nobody wanted the rest} */
    boolean whole();
}
