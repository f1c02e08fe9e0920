package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Usage;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Is told how requests went. Called on the path of every request; must be quick. */
public interface GatewayObserver {
    /** A service of a model failed and another one is asked. */
    void failedOver(String model, String code);

    /** The first event, or the whole answer, is there. */
    void firstToken(Operation operation, String model, long nanos);

    /**
     * A request ended.
     *
     * @param model the name of the asset that answered; empty if none did
     * @param usage what it cost, if that is known
     * @param problem why it failed; empty if it did not
     */
    void ended(Operation operation, String model, long nanos, Optional<Usage> usage, Optional<Problem> problem);

    /**
     * A queue has become known.
     *
     * @param depth tells how many wait in it, at any time
     */
    default void opened(String queue, IntSupplier depth) {}

    /**
     * A request that had to wait waits no more.
     *
     * @param served whether it got a slot
     */
    default void waited(String queue, long nanos, boolean served) {}

    /** A request was turned away since its queue was full. */
    default void refused(String queue, int depth) {}

    /** A request went to a service that is for overflow only. */
    default void overflowed(String queue, String model) {}
}
