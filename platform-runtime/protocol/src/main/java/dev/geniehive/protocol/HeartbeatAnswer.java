package dev.geniehive.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the control plane says to a heartbeat.
 *
 * @param heartbeatInterval how often to report from now on
 * @param resend whether the next heartbeat has to name all services: the control plane does not have them
 * @param directives what the node shall see to; repeated until it tells the result. Doing one twice is harmless
 * @param acknowledged ids of the results that arrived, and need not be told again
 */
public record HeartbeatAnswer(
        Duration heartbeatInterval, boolean resend, List<Directive> directives, List<String> acknowledged) {
    public HeartbeatAnswer {
        directives = List.copyOf(directives);
        acknowledged = List.copyOf(acknowledged);
    }

    /** {@return names of services that behaved otherwise than reported: look at them now} */
    public Set<String> lookAgain() {
        return directives.stream()
                .flatMap(directive -> directive instanceof Directive.Look look
                        ? look.services().stream()
                        : java.util.stream.Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
