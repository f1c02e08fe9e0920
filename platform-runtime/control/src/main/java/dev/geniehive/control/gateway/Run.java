package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Usage;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.routing.Claim;
import dev.geniehive.control.routing.Decision;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way, as others see it: awaited by one thread, closed by any.
 *
 * <p>Whoever waits first has it begin: {@link #settle} pursues the answer on the caller's thread, {@link #await} on a
 * virtual thread of its own. What the pursuit has in hand, a slot and a reply, is kept here, so that closing can take it
 * away in every phase; whoever takes it out under the lock gives it back, so that happens once.
 */
final class Run implements Exchange, Pursuit.Hands {
    private static final Logger log = LoggerFactory.getLogger(Run.class);

    /** Where it stands in the line is looked up for whoever waits so long at least: that takes longer than a short wait. */
    private static final Duration LONG = Duration.ofSeconds(1);

    /** Nobody wants the answer, or the rest of it, any more. */
    static final Problem CANCELLED = new Problem(ErrorKind.UPSTREAM_FAILED, "cancelled", "The request was cancelled.");

    private final Means means;
    private final Operation operation;
    private final String name;
    private final long startedAt;
    private final Pursuit pursuit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Progress progress = new Progress.Waiting("queued", OptionalInt.empty(), Optional.empty());
    private @Nullable Supplier<Progress.Waiting> place;
    private @Nullable Reservation slot;
    private @Nullable MeasuredReply reply;
    private boolean begun;
    private boolean closed;
    private boolean toldSo;

    /** Who pursues the answer now: to be interrupted when nobody wants it any more, and no longer than that. */
    private @Nullable Thread pursuer;

    Run(Means means, Ask ask, Claim claim, Trail trail, Decision first) {
        this.means = means;
        this.operation = ask.operation();
        this.startedAt = means.ticker().nanos();
        this.name = "run-" + ask.caller().requestId();
        this.pursuit = new Pursuit(means, ask, claim, trail, first, this);
    }

    @Override
    public Progress settle() throws InterruptedException {
        if (begins(Thread.currentThread())) {
            pursue();
            forgetToldSo();
        }
        return Exchange.super.settle(); // which waits for another thread where that was first
    }

    @Override
    public Progress await(Duration atMost) throws InterruptedException {
        Supplier<Progress.Waiting> looked;
        lock.lockInterruptibly();
        try {
            if (!begun && !closed && atMost.isPositive()) {
                begun = true;
                pursuer = Thread.ofVirtual().name(name).start(this::pursue);
            }
            long left = atMost.toNanos();
            while (progress instanceof Progress.Waiting && left > 0) {
                left = news.awaitNanos(left);
            }
            looked = place;
            if (!(progress instanceof Progress.Waiting) || looked == null || atMost.compareTo(LONG) < 0) {
                return progress;
            }
        } finally {
            lock.unlock();
        }
        return looked.get();
    }

    /** Whoever closed the exchange interrupted the pursuit, not its thread, which may have something to tell the client. */
    private void forgetToldSo() {
        lock.lock();
        try {
            if (toldSo && Thread.interrupted()) {
                toldSo = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether this thread is the one that pursues the answer} */
    private boolean begins(Thread thread) {
        lock.lock();
        try {
            if (begun || closed) {
                return false;
            }
            begun = true;
            pursuer = thread;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Progress last;
        InHand taken;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            last = progress;
            if (last instanceof Progress.Waiting) {
                progress = new Progress.Failed(CANCELLED, Headers.NONE);
            }
            news.signalAll();
            taken = takeOut();
            if (pursuer != null && !pursuer.equals(Thread.currentThread())) {
                toldSo = true;
                pursuer.interrupt();
            }
        } finally {
            lock.unlock();
        }
        Optional<Usage> usage = taken.usage();
        Optional<Problem> problem = problem(last, taken);
        taken.release();
        means.observer().ended(operation, taken.model(last), means.ticker().nanos() - startedAt, usage, problem);
    }

    private static Optional<Problem> problem(Progress last, InHand taken) {
        return switch (last) {
            case Progress.Waiting waiting -> Optional.of(CANCELLED);
            case Progress.Answered answered -> taken.problem();
            case Progress.Failed failed -> Optional.of(failed.problem());
        };
    }

    private void pursue() {
        try {
            end(pursuit.outcome());
        } catch (InterruptedException closedMeanwhile) {
            Thread.currentThread().interrupt();
            end(new Progress.Failed(CANCELLED, Headers.NONE));
        } catch (GenieException refused) {
            end(new Progress.Failed(refused.problem(), pursuit.about()));
        } catch (RuntimeException | Error unforeseen) {
            log.error("A request for {} failed inside GenieHive", operation, unforeseen);
            end(new Progress.Failed(
                    new Problem(ErrorKind.INTERNAL, "Something in GenieHive failed; its log says what."),
                    Headers.NONE));
        }
    }

    /** Only an answer keeps its slot and its reply, until the exchange is closed; all else is free before it is told. */
    private void end(Progress outcome) {
        if (!(outcome instanceof Progress.Answered)) {
            releaseAll();
        }
        lock.lock();
        try {
            pursuer = null;
            if (!closed) {
                progress = outcome;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean releaseAll() {
        InHand taken;
        boolean late;
        lock.lock();
        try {
            taken = takeOut();
            late = closed;
        } finally {
            lock.unlock();
        }
        taken.release();
        return late;
    }

    @Override
    public void tell(Progress.Waiting waiting) {
        lock.lock();
        try {
            if (progress instanceof Progress.Waiting) {
                progress = waiting;
                place = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void queued(Supplier<Progress.Waiting> where) {
        lock.lock();
        try {
            if (progress instanceof Progress.Waiting) {
                progress = new Progress.Waiting("queued", OptionalInt.empty(), Optional.empty());
                place = where;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void hold(Reservation got) throws InterruptedException {
        lock.lock();
        try {
            if (!closed) {
                slot = got;
                return;
            }
        } finally {
            lock.unlock();
        }
        new InHand(got, null).release();
        throw new InterruptedException("closed");
    }

    @Override
    public void hold(MeasuredReply got) throws InterruptedException {
        lock.lock();
        try {
            if (!closed) {
                reply = got;
                return;
            }
        } finally {
            lock.unlock();
        }
        new InHand(null, got).release();
        throw new InterruptedException("closed");
    }

    @Override
    public void letGo() throws InterruptedException {
        if (releaseAll()) {
            throw new InterruptedException("closed");
        }
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
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

    private InHand takeOut() {
        InHand taken = new InHand(slot, reply);
        slot = null;
        reply = null;
        return taken;
    }
}
