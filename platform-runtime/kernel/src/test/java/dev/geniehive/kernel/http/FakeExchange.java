package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An exchange that the test answers; closed while it waits, it fails as a real one does. */
final class FakeExchange implements Exchange {
    private final CompletableFuture<Progress> outcome = new CompletableFuture<>();
    final CountDownLatch awaited = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);

    FakeExchange answers(Reply reply) {
        outcome.complete(new Progress.Answered(reply, Headers.of("x-geniehive-host", "workshop")));
        return this;
    }

    FakeExchange fails(Problem problem) {
        outcome.complete(new Progress.Failed(problem, Headers.of("x-geniehive-attempts", "3")));
        return this;
    }

    @Override
    public Progress await(Duration atMost) throws InterruptedException {
        if (!atMost.minusMillis(100).isNegative()) {
            awaited.countDown();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return outcome.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Progress.Waiting("queued", OptionalInt.of(1), Optional.empty());
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        outcome.complete(new Progress.Failed(
                new Problem(ErrorKind.UPSTREAM_FAILED, "cancelled", "The request was cancelled."), Headers.NONE));
        if (outcome.getNow(null) instanceof Progress.Answered answered) {
            answered.reply().close();
        }
        closed.countDown();
    }
}
