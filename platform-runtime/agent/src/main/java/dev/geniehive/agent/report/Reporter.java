package dev.geniehive.agent.report;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells one control plane what this machine has, as often as it asks for and at once when it matters, and does what it
 * wants done. Whatever goes wrong, it goes on trying: a machine that serves must not fall silent.
 */
public final class Reporter implements AutoCloseable {
    private static final Duration UNTIL_TOLD_OTHERWISE = Duration.ofSeconds(1);

    private final Whom whom;
    private final What what;
    private final Clocks clocks;
    private final Dispatch dispatch = new Dispatch();
    private final Errands errands;
    private final Alarm alarm = new Alarm();
    private final Runnable stir = alarm::stir;
    private final Backoff backoff;
    private final Grievance grievance;
    private final Pace pace;
    private volatile Standing standing = Standing.NEW;
    private @Nullable Assignment assignment;
    private Duration interval = UNTIL_TOLD_OTHERWISE;
    private @Nullable Thread thread;

    /**
     * Whom to tell.
     *
     * @param name what to call it in messages
     * @param introduction who we are
     * @param membership hears what becomes of us there
     */
    public record Whom(String name, ControlPlane control, Registration introduction, Membership membership) {}

    /** Hears what becomes of this machine at a control plane. Called by one thread at a time; must be quick. */
    public interface Membership {
        /** Nobody listens. */
        Membership UNHEARD = new Membership() {};

        /** It was taken in, or taken in again. */
        default void admitted(Assignment assignment) {}

        /** It is not wanted there. */
        default void refused() {}
    }

    /**
     * What to tell.
     *
     * @param household what there is
     * @param as how a service is shown to this control plane
     * @param telemetry how the machine feels, if that is known
     */
    public record What(Household household, UnaryOperator<ServiceReport> as, Supplier<Optional<Telemetry>> telemetry) {}

    /**
     * What time it is.
     *
     * @param random for jitter; safe for use by many threads at once
     */
    public record Clocks(Ticker ticker, InstantSource wall, RandomGenerator random) {}

    public Reporter(Whom whom, What what, Clocks clocks) {
        this.whom = whom;
        this.what = what;
        this.clocks = clocks;
        this.errands = new Errands(what.household());
        this.backoff = new Backoff(clocks.random());
        this.grievance = new Grievance(whom.name());
        this.pace = new Pace(clocks.ticker().nanos());
    }

    /**
     * Registers and reports once, before {@link #start} is called.
     *
     * @throws GenieException if that fails; a reporter that is started all the same tries again
     */
    public void introduce() {
        try {
            enter();
        } catch (RuntimeException failed) {
            standing = standing.failed(sentence(failed), clocks.wall().instant());
            throw failed;
        }
    }

    /** Goes on reporting on a virtual thread of its own. */
    public void start() {
        what.household().onChange(stir);
        thread = Thread.ofVirtual().name("reporter " + whom.name()).start(this::report);
    }

    /** Has a heartbeat go out now, or nearly so. */
    public void nudge() {
        alarm.nudge();
    }

    /** {@return how this machine stands there} */
    public Standing standing() {
        return standing;
    }

    @Override
    public void close() {
        what.household().offChange(stir);
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void report() {
        try {
            while (true) {
                rest();
                round();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until a heartbeat is due, or wanted. While things go wrong, only who knows the control plane alive can hurry. */
    private void rest() throws InterruptedException {
        boolean nudged = false;
        while (true) {
            boolean urgent = nudged || (!backoff.failing() && (errands.hasNews() || dispatch.matters(reports())));
            long left = pace.left(clocks.ticker().nanos(), urgent);
            if (left <= 0) {
                return;
            }
            nudged |= alarm.rest(left);
        }
    }

    private void round() throws InterruptedException {
        try {
            beatOrEnter();
            return;
        } catch (GenieException refused) {
            if (refused.kind() == ErrorKind.UNAUTHORIZED) {
                whom.membership().refused();
                failed(refused, backoff.refused());
            } else {
                failed(refused, backoff.failed(interval));
            }
        } catch (RuntimeException unforeseen) {
            failed(unforeseen, backoff.failed(interval));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void beatOrEnter() {
        Assignment told = assignment;
        if (told == null) {
            enter();
            return;
        }
        try {
            interval = beat(told);
            pace.goesOn(clocks.ticker().nanos(), interval);
        } catch (GenieException refused) {
            if (refused.kind() != ErrorKind.NOT_FOUND && refused.kind() != ErrorKind.UNAUTHORIZED) {
                throw refused;
            }
            assignment = null;
            enter();
        }
    }

    /** Registers, under the id it had if it had one, and reports at once. */
    private void enter() {
        Registration me = standing.assignment()
                .map(before -> whom.introduction().as(before.nodeId()))
                .orElse(whom.introduction());
        Assignment told = whom.control().register(me);
        assignment = told;
        standing = standing.admitted(told);
        dispatch.startAnew();
        whom.membership().admitted(told);
        interval = told.heartbeatInterval();
        beat(told);
        pace.after(clocks.ticker().nanos(), told.firstHeartbeat());
    }

    /** {@return when the next one is wanted} */
    private Duration beat(Assignment told) {
        long now = clocks.ticker().nanos();
        pace.beats(now);
        HeartbeatAnswer answer = whom.control()
                .heartbeat(dispatch.next(told.nodeId(), reports(), errands.tell(), what.telemetry(), now));
        dispatch.answered(answer);
        errands.acknowledged(answer.acknowledged());
        errands.take(answer.directives());
        standing = standing.answered(clocks.ticker().nanos(), clocks.wall().instant());
        backoff.succeeded();
        grievance.over();
        return answer.heartbeatInterval();
    }

    private void failed(RuntimeException failure, Duration pause) {
        long now = clocks.ticker().nanos();
        pace.beats(now);
        standing = standing.failed(sentence(failure), clocks.wall().instant());
        grievance.failed(failure, standing.since().isEmpty(), now);
        pace.after(now, pause);
    }

    private List<ServiceReport> reports() {
        return what.household().reports().stream().map(what.as()).toList();
    }

    private static String sentence(RuntimeException failure) {
        return failure instanceof GenieException told ? told.getMessage() : failure.toString();
    }
}
