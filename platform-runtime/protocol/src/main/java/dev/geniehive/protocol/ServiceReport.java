package dev.geniehive.protocol;

import dev.geniehive.api.model.Inventory;
import java.util.List;

/**
 * One service as its node sees it.
 *
 * @param name unique on its node
 * @param engine the engine plugin that knows it
 * @param reach how the control plane gets to it
 * @param terms what the operator said about it
 * @param inventory what it said about itself when it was last looked at
 * @param looks how often it has been looked at; grows by one with every look
 */
public record ServiceReport(String name, String engine, Reach reach, Terms terms, Inventory inventory, long looks) {
    /** {@return the same service, working on the requests of these queues} */
    public ServiceReport serving(List<String> queues) {
        Terms now = terms.serving(queues);
        return now.equals(terms) ? this : new ServiceReport(name, engine, reach, now, inventory, looks);
    }
}
