package dev.geniehive.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * How a node is to behave.
 *
 * @param nodeId its id from now on
 * @param nodeKey the key that it shows from now on, if it came with a token; never printed
 * @param heartbeatInterval how often it reports
 * @param firstHeartbeat how long it waits before it reports the second time, so that many nodes do not report at once;
 *     it reports once right away
 * @param lostAfter after how much silence it counts as lost
 * @param controlVersion of the control plane's distribution, for people
 */
public record Assignment(
        String nodeId,
        Optional<String> nodeKey,
        Duration heartbeatInterval,
        Duration firstHeartbeat,
        Duration lostAfter,
        String controlVersion) {
    @Override
    public String toString() {
        return "Assignment[%s, every %s]".formatted(nodeId, heartbeatInterval);
    }
}
