package dev.geniehive.agent.report;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Registration;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one control plane what this machine has, as often as it asks for. */
public final class Reporter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Reporter.class);

    private final ControlPlane control;
    private final Household household;
    private final Registration introduction;
    private volatile Assignment assignment;
    private final Thread thread;
    private boolean failing;
    private long generation;

    /** Registers, reports once, and goes on reporting on a virtual thread of its own. */
    public Reporter(ControlPlane control, Household household, Registration introduction) {
        this.control = control;
        this.household = household;
        this.introduction = introduction;
        this.assignment = control.register(introduction);
        Duration first = beat();
        this.thread = Thread.ofVirtual().name("reporter").start(() -> report(first));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void report(Duration first) {
        Duration pause = first;
        try {
            while (true) {
                Thread.sleep(pause);
                pause = beatOrRegister();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong, the next beat is tried: a machine that serves must not fall silent. */
    private Duration beatOrRegister() {
        try {
            Duration pause = beat();
            if (failing) {
                log.info("Heartbeats are taken again");
            }
            failing = false;
            return pause;
        } catch (GenieException refused) {
            if (refused.kind() == ErrorKind.NOT_FOUND) {
                return registerAgain();
            }
            complain(refused);
        } catch (RuntimeException unforeseen) {
            complain(unforeseen);
        }
        return assignment.heartbeatInterval();
    }

    private Duration registerAgain() {
        try {
            assignment = control.register(introduction.as(assignment.nodeId()));
            return beat();
        } catch (RuntimeException failed) {
            complain(failed);
            return assignment.heartbeatInterval();
        }
    }

    /** Once, until it works again. */
    private void complain(RuntimeException failed) {
        if (!failing) {
            log.warn("A heartbeat failed, and goes on being tried", failed);
        }
        failing = true;
    }

    private Duration beat() {
        HeartbeatAnswer answer =
                control.heartbeat(Heartbeat.full(assignment.nodeId(), ++generation, household.reports()));
        household.lookAgain(answer.lookAgain());
        return answer.heartbeatInterval();
    }
}
