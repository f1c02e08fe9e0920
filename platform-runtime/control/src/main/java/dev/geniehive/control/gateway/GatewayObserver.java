package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Usage;
import java.util.Optional;

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
}
