package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Urgency;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.routing.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A request in a line, as the test says.
 *
 * @param decisions decides, told whether the request may overflow
 * @param entered gets a look at its place once it waits
 */
record HeldAsking(
        Function<Boolean, Decision> decisions,
        Caller caller,
        QueueRules queue,
        BlockingQueue<Supplier<Progress.Waiting>> entered)
        implements Asking {
    private static final QueueRules SHARED = new QueueRules("shared", 9, Duration.ofMinutes(5));

    static HeldAsking of(Supplier<Decision> decisions) {
        return of(overflow -> decisions.get());
    }

    static HeldAsking of(Function<Boolean, Decision> decisions) {
        return new HeldAsking(decisions, new Caller("anybody", "r1"), SHARED, new LinkedBlockingQueue<>());
    }

    HeldAsking depth(int most) {
        return in(new QueueRules("shared", most, Duration.ofMinutes(5)));
    }

    HeldAsking deadline(Duration wait) {
        return in(new QueueRules("shared", 9, wait));
    }

    HeldAsking overflowingAfter(Duration wait) {
        return in(new QueueRules("shared", 0, 9, Duration.ofMinutes(5), List.of(), Optional.of(wait)));
    }

    HeldAsking in(QueueRules rules) {
        return new HeldAsking(decisions, caller, rules, entered);
    }

    HeldAsking of(String key, Urgency urgency) {
        return new HeldAsking(decisions, new Caller(key, "r1", "", urgency), queue, entered);
    }

    @Override
    public Decision decide(boolean overflow) {
        Decision made = decisions.apply(overflow);
        return new Decision(
                made.request(),
                made.match(),
                made.demand(),
                made.played(),
                made.eligible(),
                made.dropped(),
                made.refusal(),
                queue);
    }

    @Override
    public void waits(Supplier<Progress.Waiting> place) {
        entered.add(place);
    }
}
