package dev.geniehive.agent.report;

import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A control plane that writes down what it is told, and fails when told to.
 *
 * @param often its interval of heartbeats
 * @param refusals thrown by the next registrations, one each
 * @param failures thrown by the next heartbeats, one each
 * @param answers to the next heartbeats, one each; an empty one to all others
 */
record HeldControl(
        Duration often,
        BlockingQueue<Registration> registrations,
        BlockingQueue<Heartbeat> heartbeats,
        Queue<RuntimeException> refusals,
        Queue<RuntimeException> failures,
        Queue<HeartbeatAnswer> answers)
        implements ControlPlane {
    HeldControl(Duration often) {
        this(
                often,
                new LinkedBlockingQueue<>(),
                new LinkedBlockingQueue<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>());
    }

    @Override
    public Assignment register(Registration registration) {
        RuntimeException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
        registrations.add(registration);
        return new Assignment("node-7", Optional.empty(), often, often, Duration.ofSeconds(5), "0");
    }

    @Override
    public HeartbeatAnswer heartbeat(Heartbeat heartbeat) {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        HeartbeatAnswer answer = answers.poll();
        heartbeats.add(heartbeat);
        return answer == null ? saying() : answer;
    }

    HeartbeatAnswer saying(Directive... directives) {
        return new HeartbeatAnswer(often, false, List.of(directives), List.of());
    }
}
