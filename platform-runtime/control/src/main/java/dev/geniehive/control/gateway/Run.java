package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.control.hive.Service;
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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way: a virtual thread of its own reserves, invokes and fails over, until the answer begins or
 * there is none to be had. Whoever awaits it is told how far it is.
 */
final class Run implements Exchange {
    private static final Logger log = LoggerFactory.getLogger(Run.class);
    private static final Duration LOADING_PAUSE = Duration.ofSeconds(1);

    private final HiveGateway gateway;
    private final Ask ask;
    private final RouteRequest request;
    private final RoutingRules rules;
    private final long startedAt;
    private final Set<String> tried = new HashSet<>();
    private final Set<String> loading = new HashSet<>();
    private @Nullable Decision firstDecision;
    private @Nullable Problem lastFailure;
    private int attempts;
    private int crashes;
    private long queuedNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread worker;
    private Progress progress = new Progress.Waiting("queued", OptionalInt.empty(), Optional.empty());
    private @Nullable Reservation reserved;
    private @Nullable Reply reply;
    private String answeredBy = "";
    private boolean closed;

    Run(HiveGateway gateway, Ask ask, Decision first) {
        this.gateway = gateway;
        this.ask = ask;
        this.request = first.request();
        this.firstDecision = first;
        this.rules = gateway.router().rules();
        this.startedAt = gateway.ticker().nanos();
        this.worker = Thread.ofVirtual().name("run-" + ask.caller().requestId()).unstarted(this::work);
    }

    void start() {
        worker.start();
    }

    @Override
    public Progress await(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (progress instanceof Progress.Waiting && left > 0) {
                left = news.awaitNanos(left);
            }
            return progress;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Reservation slot;
        Reply open;
        Progress last;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            last = progress;
            if (last instanceof Progress.Waiting) {
                progress = new Progress.Failed(
                        new Problem(ErrorKind.UPSTREAM_FAILED, "cancelled", "The request was cancelled."),
                        Headers.NONE);
                news.signalAll();
            }
            slot = reserved;
            open = reply;
            reply = null;
        } finally {
            lock.unlock();
        }
        worker.interrupt();
        Optional<Usage> usage = open == null ? Optional.empty() : open.usage();
        if (open != null) {
            open.close();
        }
        if (slot != null) {
            slot.close();
        }
        Optional<Problem> problem =
                last instanceof Progress.Failed failed ? Optional.of(failed.problem()) : Optional.empty();
        gateway.observer().ended(request.operation(), answeredBy, elapsed(), usage, problem);
    }

    private void work() {
        try {
            settle(outcome());
        } catch (InterruptedException closedMeanwhile) {
            settle(new Progress.Failed(
                    new Problem(ErrorKind.UPSTREAM_FAILED, "cancelled", "The request was cancelled."), Headers.NONE));
        } catch (GenieException refused) {
            settle(new Progress.Failed(refused.problem(), about(null, false)));
        } catch (RuntimeException unforeseen) {
            log.error("A request for {} failed inside GenieHive", request.operation(), unforeseen);
            settle(new Progress.Failed(
                    new Problem(ErrorKind.INTERNAL, "Something in GenieHive failed; its log says what."),
                    Headers.NONE));
        }
    }

    private Progress outcome() throws InterruptedException {
        long loadingUntil = startedAt + rules.firstByteTimeout().toNanos();
        while (true) {
            Reservation slot = reserve(loadingUntil);
            attempts++;
            Attempt attempt = attempt(slot);
            switch (attempt) {
                case Attempt.Begun begun -> {
                    return answered(slot, begun);
                }
                case Attempt.Final refused -> {
                    giveBack(slot);
                    return new Progress.Failed(refused.problem(), about(slot, false));
                }
                case Attempt.Next next -> {
                    giveBack(slot);
                    Optional<Progress> end = afterFailure(slot, next, loadingUntil);
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            }
        }
    }

    static boolean isLoading(Problem problem) {
        return problem.code().equals("loading");
    }

    private Reservation reserve(long loadingUntil) throws InterruptedException {
        while (true) {
            try {
                return reserve();
            } catch (GenieException refused) {
                if (!isLoading(refused.problem()) || gateway.ticker().nanos() >= loadingUntil) {
                    throw refused;
                }
                waitForLoading();
            }
        }
    }

    /** Whoever was loading may be ready after this. */
    private void waitForLoading() throws InterruptedException {
        tell(new Progress.Waiting("loading", OptionalInt.empty(), Optional.empty()));
        pause(LOADING_PAUSE);
        tried.removeAll(loading);
        attempts -= loading.size();
        loading.clear();
    }

    private Reservation reserve() throws InterruptedException {
        long from = gateway.ticker().nanos();
        Reservation slot = gateway.line()
                .reserve(
                        this::remaining,
                        rules.maxQueue(),
                        rules.queueTimeout(),
                        position -> tell(new Progress.Waiting("queued", OptionalInt.of(position), Optional.empty())));
        queuedNanos += gateway.ticker().nanos() - from;
        boolean late;
        lock.lock();
        try {
            reserved = slot;
            late = closed;
        } finally {
            lock.unlock();
        }
        if (late) {
            slot.close();
            throw new InterruptedException("closed");
        }
        return slot;
    }

    /** Decides on the hive as it is now, without those that were tried. */
    private Decision remaining() {
        Decision first = firstDecision;
        if (first != null) {
            firstDecision = null;
            return first;
        }
        Decision decision = gateway.decide(request);
        if (tried.isEmpty()) {
            return decision;
        }
        List<Verdict.Eligible> left = new ArrayList<>(decision.eligible());
        left.removeIf(eligible -> tried.contains(eligible.offer().service().id()));
        Optional<Problem> refusal = left.isEmpty() ? Optional.ofNullable(lastFailure) : decision.refusal();
        return new Decision(request, decision.match(), left, decision.dropped(), refusal);
    }

    private Attempt attempt(Reservation slot) throws InterruptedException {
        Verdict.Eligible chosen = slot.chosen();
        Service service = chosen.offer().service();
        boolean loaded = chosen.offer().asset().loaded();
        tell(new Progress.Waiting(loaded ? "prefill" : "loading", OptionalInt.empty(), Optional.empty()));
        Reply got;
        try {
            got = gateway.adapters()
                    .invoke(
                            chosen.adapter(),
                            gateway.ways().to(service),
                            new Invocation(
                                    request.operation(), chosen.offer().asset().id(), ask.body()));
        } catch (UpstreamException failure) {
            return Attempt.of(failure);
        }
        keep(got);
        Attempt attempt = Attempt.of(got, request.facts().stream(), service.id(), request.model());
        if (!(attempt instanceof Attempt.Begun)) {
            discard(got);
        }
        return attempt;
    }

    private Optional<Progress> afterFailure(Reservation slot, Attempt.Next failure, long loadingUntil)
            throws InterruptedException {
        Service service = slot.chosen().offer().service();
        Attempt.Blame blame = failure.blame();
        log.info(
                "{} failed before its first event: {}",
                service.id(),
                failure.problem().code());
        blame.health()
                .ifPresentOrElse(
                        health -> gateway.hive()
                                .suspect(service.id(), health, failure.problem().message()),
                        () -> gateway.hive().lookAgain(service.id()));
        tried.add(service.id());
        lastFailure = failure.problem();
        boolean othersLeft = !remaining().eligible().isEmpty();
        crashes += blame == Attempt.Blame.CRASHED ? 1 : 0;
        if (blame == Attempt.Blame.LOADING) {
            loading.add(service.id());
        }
        if (!othersLeft && !loading.isEmpty() && crashes < 2 && gateway.ticker().nanos() < loadingUntil) {
            waitForLoading();
            return Optional.empty();
        }
        boolean mayGoOn =
                othersLeft && attempts - loading.size() < rules.attempts() && crashes < 2 && affordable(blame);
        if (mayGoOn) {
            gateway.observer().failedOver(service.id(), failure.problem().code());
            return Optional.empty();
        }
        return Optional.of(new Progress.Failed(failure.problem(), about(slot, true)));
    }

    private boolean affordable(Attempt.Blame blame) {
        return blame == Attempt.Blame.UNREACHABLE
                || blame == Attempt.Blame.LOADING
                || gateway.budget().spend();
    }

    private Progress answered(Reservation slot, Attempt.Begun begun) {
        Verdict.Eligible chosen = slot.chosen();
        long nanos = elapsed();
        answeredBy = chosen.offer().asset().id();
        chosen.offer().service().gauge().sawFirstToken((double) nanos / TimeUnit.MILLISECONDS.toNanos(1));
        gateway.observer().firstToken(request.operation(), answeredBy, nanos);
        return new Progress.Answered(new BegunReply(begun, this), about(slot, false));
    }

    private Headers about(@Nullable Reservation slot, boolean spent) {
        Headers headers = Headers.of(
                "x-geniehive-attempts", Integer.toString(attempts),
                "x-geniehive-queue-ms", Long.toString(TimeUnit.NANOSECONDS.toMillis(queuedNanos)));
        if (slot != null) {
            Service service = slot.chosen().offer().service();
            headers = headers.with("x-geniehive-host", HeaderText.of(service.host()))
                    .with("x-geniehive-service", HeaderText.of(service.id()))
                    .with(
                            "x-geniehive-model",
                            HeaderText.of(slot.chosen().offer().asset().id()))
                    .with("x-geniehive-route", HeaderText.of(slot.decision().why(slot.chosen())));
            if (service.inventory().simulated()) {
                headers = headers.with("x-geniehive-simulated", "true");
            }
        }
        return spent ? headers.with("x-should-retry", "false") : headers;
    }

    private void tell(Progress.Waiting waiting) {
        lock.lock();
        try {
            if (progress instanceof Progress.Waiting) {
                progress = waiting;
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(Progress end) {
        Reservation unneeded = null;
        Reply unwanted = null;
        lock.lock();
        try {
            if (closed) {
                unwanted = reply;
                unneeded = reserved;
                reply = null;
            } else {
                progress = end;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (unwanted != null) {
            unwanted.close();
        }
        if (unneeded != null) {
            unneeded.close();
        }
    }

    /** From here on closing the exchange hangs up on the engine. */
    private void keep(Reply got) throws InterruptedException {
        boolean late;
        lock.lock();
        try {
            late = closed;
            reply = late ? null : got;
        } finally {
            lock.unlock();
        }
        if (late) {
            got.close();
            throw new InterruptedException("closed");
        }
    }

    private void discard(Reply got) {
        lock.lock();
        try {
            reply = null;
        } finally {
            lock.unlock();
        }
        got.close();
    }

    private void giveBack(Reservation slot) {
        lock.lock();
        try {
            reserved = null;
        } finally {
            lock.unlock();
        }
        slot.close();
    }

    private void pause(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = news.awaitNanos(left);
            }
            if (closed) {
                throw new InterruptedException("closed");
            }
        } finally {
            lock.unlock();
        }
    }

    private long elapsed() {
        return gateway.ticker().nanos() - startedAt;
    }
}
