package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.routing.Claim;
import dev.geniehive.control.routing.Comeback;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.control.routing.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes after the answer to one request: reserves, invokes, fails over. Used by one thread. */
final class Pursuit implements Asking {
    private static final Logger log = LoggerFactory.getLogger(Pursuit.class);
    private static final Duration LOADING_PAUSE = Duration.ofSeconds(1);
    private static final String LOADING = "loading";

    /** So many engines may die with one request in their hands. */
    private static final int MOST_CRASHES = 2;

    private final Means means;
    private final Ask ask;
    private final RouteRequest request;
    private final RoutingRules rules;
    private Claim claim;
    private final Hands hands;
    private final Trail trail;
    private final long startedAt;
    private final Set<String> tried = new HashSet<>();
    private final Set<String> loading = new HashSet<>();
    private @Nullable Decision next;
    private @Nullable Problem lastFailure;
    private boolean waitsForLoading;
    private int attempts;
    private int crashes;
    private long queuedNanos;

    /** Keeps what has to be given back when the request is closed; from then on everything here interrupts. */
    interface Hands extends AutoCloseable {
        /** Lets whoever waits know how far it is. */
        void tell(Progress.Waiting waiting);

        /** Lets whoever waits look how far it is in the line. */
        void queued(Supplier<Progress.Waiting> place);

        void hold(Reservation slot) throws InterruptedException;

        void hold(MeasuredReply reply) throws InterruptedException;

        /** Hangs up and gives the slot back. */
        void letGo() throws InterruptedException;

        void pause(Duration time) throws InterruptedException;

        /** Ends the request. */
        @Override
        void close();
    }

    Pursuit(Means means, Ask ask, Claim claim, Trail trail, Decision first, Hands hands) {
        this.means = means;
        this.ask = ask;
        this.request = first.request();
        this.claim = claim;
        this.rules = means.rules();
        this.trail = trail;
        this.hands = hands;
        this.next = first;
        this.startedAt = means.ticker().nanos();
    }

    /** {@return the answer or the failure} */
    Progress outcome() throws InterruptedException {
        while (true) {
            Reservation slot = reserve();
            attempts++;
            Attempt attempt = attempt(slot);
            if (Thread.interrupted()) {
                throw new InterruptedException("hung up on"); // what broke was broken by us, and says nothing
            }
            switch (attempt) {
                case Attempt.Begun begun -> {
                    return answered(slot, begun);
                }
                case Attempt.Final refused -> {
                    hands.letGo();
                    return new Progress.Failed(refused.problem(), about(slot));
                }
                case Attempt.Next failure -> {
                    hands.letGo();
                    Problem told = telling(failure.problem());
                    lastFailure = told;
                    if (!goesOnAfter(slot, failure)) {
                        return new Progress.Failed(
                                withComeback(told), about(slot).with("x-should-retry", "false"));
                    }
                }
            }
        }
    }

    /** {@return headers that tell how far it got, while no service has been chosen} */
    Headers about() {
        return Headers.of(
                "x-geniehive-attempts", Integer.toString(attempts),
                "x-geniehive-queue-ms", Long.toString(TimeUnit.NANOSECONDS.toMillis(queuedNanos)));
    }

    /** {@return whether waiting is the answer} */
    static boolean isLoading(Problem problem) {
        return problem.code().equals(LOADING);
    }

    private Headers about(Reservation slot) {
        Service service = slot.chosen().offer().service();
        Headers headers = Headers.of(
                "x-geniehive-attempts", Integer.toString(attempts),
                "x-geniehive-queue-ms", Long.toString(TimeUnit.NANOSECONDS.toMillis(queuedNanos)),
                "x-geniehive-host", HeaderText.of(service.host()),
                "x-geniehive-service", HeaderText.of(service.id()),
                "x-geniehive-model", HeaderText.of(slot.chosen().offer().asset().id()),
                "x-geniehive-route", HeaderText.of(slot.decision().why(slot.chosen())));
        if (slot.overflow()) {
            headers = headers.with("x-geniehive-overflow", "true");
        }
        return service.inventory().simulated() ? headers.with("x-geniehive-simulated", "true") : headers;
    }

    private Reservation reserve() throws InterruptedException {
        while (true) {
            try {
                Reservation slot = standInLine();
                if (slot.overflow()) {
                    means.observer()
                            .overflowed(
                                    slot.decision().queue().name(),
                                    slot.chosen().offer().asset().id());
                }
                hands.hold(slot);
                return slot;
            } catch (GenieException refused) {
                if (!isLoading(refused.problem()) || !mayWaitForLoading()) {
                    throw new GenieException(withComeback(refused.problem()));
                }
                waitForLoading();
            }
        }
    }

    private Reservation standInLine() throws InterruptedException {
        long from = means.ticker().nanos();
        try {
            return means.line().reserve(this);
        } finally {
            queuedNanos += means.ticker().nanos() - from;
        }
    }

    @Override
    public Caller caller() {
        return ask.caller();
    }

    @Override
    public Decision decide(boolean overflow) {
        if (overflow) {
            claim = claim.overflowing();
        }
        return remaining();
    }

    @Override
    public void waits(Supplier<Progress.Waiting> place) {
        hands.queued(place);
    }

    /** Decides on the hive as it is now, without those that were tried. */
    private Decision remaining() {
        Decision made = next;
        next = null;
        if (made != null) {
            return made;
        }
        Decision decision = means.decide(request, claim, trail);
        if (tried.isEmpty()) {
            return decision;
        }
        List<Verdict.Eligible> left = new ArrayList<>(decision.eligible());
        left.removeIf(eligible -> tried.contains(eligible.offer().service().id()));
        Optional<Problem> refusal = left.isEmpty() ? Optional.ofNullable(lastFailure) : decision.refusal();
        return decision.left(left, refusal);
    }

    private Attempt attempt(Reservation slot) throws InterruptedException {
        Verdict.Eligible chosen = slot.chosen();
        Service service = chosen.offer().service();
        String phase = chosen.offer().asset().loaded() && !waitsForLoading ? "prefill" : LOADING;
        hands.tell(new Progress.Waiting(phase, OptionalInt.empty(), Optional.empty()));
        Performance performance = performance(slot);
        performance.chosen();
        trail.leadsTo(performance);
        long askedAt = means.ticker().nanos();
        MeasuredReply reply;
        try {
            reply = measured(
                    means.adapters()
                            .invoke(
                                    chosen.adapter(),
                                    means.ways().to(service),
                                    new Invocation(
                                            request.operation(),
                                            chosen.offer().asset().id(),
                                            slot.decision().filling().into(ask.body()))),
                    slot,
                    askedAt);
        } catch (UpstreamException failure) {
            return Attempt.of(failure);
        } catch (GenieException broken) {
            return new Attempt.Next(broken.problem(), Attempt.Blame.FAILED);
        }
        hands.hold(reply);
        Attempt attempt =
                Attempt.of(reply, request.operation(), request.facts().stream(), service.id(), request.model());
        if (attempt instanceof Attempt.Begun begun) {
            reply.begins(begun.body());
        }
        return attempt;
    }

    private MeasuredReply measured(Reply reply, Reservation slot, long askedAt) {
        boolean loaded = slot.chosen().offer().asset().loaded();
        return new MeasuredReply(reply, performance(slot), means.ticker(), request, loaded, askedAt);
    }

    private static Performance performance(Reservation slot) {
        return slot.chosen().offer().performance();
    }

    private boolean goesOnAfter(Reservation slot, Attempt.Next failure) throws InterruptedException {
        Service service = slot.chosen().offer().service();
        String code = failure.problem().code();
        log.info("{} failed before its first event ({}): {}", service.id(), failure.blame(), code);
        report(service, failure);
        if (failure.blame() != Attempt.Blame.LOADING) {
            performance(slot).failed();
            waitsForLoading = false;
        }
        tried.add(service.id());
        Decision others = remaining();
        boolean othersLeft = !others.eligible().isEmpty();
        crashes += failure.blame() == Attempt.Blame.CRASHED ? 1 : 0;
        if (failure.blame() == Attempt.Blame.LOADING) {
            loading.add(service.id());
        }
        if (crashes >= MOST_CRASHES) {
            return false;
        }
        if (!othersLeft && !loading.isEmpty() && mayWaitForLoading()) {
            waitForLoading();
            return true;
        }
        if (!othersLeft || attempts - loading.size() >= rules.attempts() || !affordable(failure.blame())) {
            return false;
        }
        next = others;
        means.observer().failedOver(slot.chosen().offer().asset().id(), code);
        return true;
    }

    /** {@return what to say in the end: that somebody lacks the model is not it, where others have it and failed} */
    private Problem telling(Problem problem) {
        Problem before = lastFailure;
        return before != null && problem.kind() == ErrorKind.NOT_FOUND ? before : problem;
    }

    private void report(Service service, Attempt.Next failure) {
        if (failure.blame().counts()) {
            service.gauge().breaker().failed();
        }
        failure.blame()
                .health()
                .ifPresentOrElse(
                        health -> means.hive()
                                .suspect(service.id(), health, failure.problem().message()),
                        () -> means.hive().lookAgain(service.id()));
    }

    /** Says when to ask again where that may help and the engine has not said it. */
    private Problem withComeback(Problem problem) {
        boolean helps = problem.kind() == ErrorKind.TOO_MANY_REQUESTS || problem.kind() == ErrorKind.UNAVAILABLE;
        if (!helps || problem.retryAfter().isPresent()) {
            return problem;
        }
        Decision now = means.decide(request, claim, trail);
        if (now.refusal().isPresent()) {
            return now.refusal().get().retryAfter().map(problem::retryAfter).orElse(problem);
        }
        return problem.retryAfter(
                isLoading(problem)
                        ? Comeback.untilLoaded(now.eligible())
                        : means.line().comeback(now));
    }

    private boolean affordable(Attempt.Blame blame) {
        return blame == Attempt.Blame.UNREACHABLE
                || blame == Attempt.Blame.LOADING
                || means.budget().spend();
    }

    private boolean mayWaitForLoading() {
        return means.ticker().nanos() - startedAt < rules.firstByteTimeout().toNanos();
    }

    /** Whoever was loading may be ready after this. */
    private void waitForLoading() throws InterruptedException {
        waitsForLoading = true;
        hands.tell(new Progress.Waiting(LOADING, OptionalInt.empty(), Optional.empty()));
        hands.pause(LOADING_PAUSE);
        tried.removeAll(loading);
        attempts -= loading.size();
        loading.clear();
    }

    private Progress answered(Reservation slot, Attempt.Begun begun) {
        String model = slot.chosen().offer().asset().id();
        long nanos = means.ticker().nanos() - startedAt;
        slot.chosen().offer().service().gauge().breaker().succeeded();
        means.observer().firstToken(request.operation(), model, nanos);
        return new Progress.Answered(new BegunReply(begun, hands), about(slot));
    }
}
