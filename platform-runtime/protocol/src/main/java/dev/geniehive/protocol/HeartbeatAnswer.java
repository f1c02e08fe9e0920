package dev.geniehive.protocol;

import java.time.Duration;
import java.util.Set;

/**
 * What the control plane says to a heartbeat.
 *
 * @param heartbeatInterval how often to report from now on
 * @param lookAgain names of services that behaved otherwise than reported: look at them now
 */
public record HeartbeatAnswer(Duration heartbeatInterval, Set<String> lookAgain) {
    public HeartbeatAnswer {
        lookAgain = Set.copyOf(lookAgain);
    }
}
