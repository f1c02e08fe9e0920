package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.kernel.app.Ticker;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A reply of which the service's performance is learned: when it begins, and when it is closed. A client that goes away
 * is nothing that the service did.
 */
final class MeasuredReply implements Reply {
    private final Reply reply;
    private final Performance performance;
    private final Ticker ticker;
    private final RouteRequest request;
    private final boolean wasLoaded;
    private final long askedAt;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Beginning beginning;

    /**
     * When the first event, or the whole answer, was there.
     *
     * @param streamed whether events follow
     * @param ending how the rest of it ends; empty if there is none
     */
    private record Beginning(long at, boolean streamed, Optional<Ending> ending) {}

    /**
     * @param wasLoaded whether the model was ready when it was asked
     * @param askedAt by the ticker
     */
    MeasuredReply(
            Reply reply,
            Performance performance,
            Ticker ticker,
            RouteRequest request,
            boolean wasLoaded,
            long askedAt) {
        this.reply = reply;
        this.performance = performance;
        this.ticker = ticker;
        this.request = request;
        this.wasLoaded = wasLoaded;
        this.askedAt = askedAt;
    }

    /** The first event, or the whole answer, is there. */
    void begins(InputStream body) {
        boolean streamed = body instanceof EventStream;
        long now = ticker.nanos();
        beginning =
                new Beginning(now, streamed, body instanceof Ending ending ? Optional.of(ending) : Optional.empty());
        if (!wasLoaded) {
            performance.loaded(now - askedAt);
        } else if (streamed || !isText()) {
            performance.firstToken(now - askedAt);
        }
    }

    private boolean isText() {
        return request.operation() == Operation.CHAT || request.operation() == Operation.COMPLETION;
    }

    @Override
    public int status() {
        return reply.status();
    }

    @Override
    public Headers headers() {
        return reply.headers();
    }

    @Override
    public InputStream body() {
        return reply.body();
    }

    @Override
    public Optional<Usage> usage() {
        return reply.usage();
    }

    @Override
    public void close() {
        Beginning begun = beginning;
        if (begun != null && closed.compareAndSet(false, true)) {
            try {
                learn(begun);
            } finally {
                reply.close();
            }
        } else {
            reply.close();
        }
    }

    /** {@return why the client did not get all of the answer; empty if it did, or none has begun} */
    Optional<Problem> problem() {
        Beginning begun = beginning;
        if (begun == null || begun.ending().isEmpty()) {
            return Optional.empty();
        }
        Ending ending = begun.ending().get();
        Optional<Problem> fault = fault(ending).map(EngineErrors::of);
        return fault.isPresent() || ending.whole() ? fault : Optional.of(Run.CANCELLED);
    }

    private void learn(Beginning begun) {
        if (begun.ending().flatMap(MeasuredReply::fault).isPresent()) {
            performance.failed();
            return;
        }
        performance.succeeded();
        long tokens = reply.usage().map(Usage::completionTokens).orElse(0L);
        if (begun.streamed()) {
            performance.wrote(tokens, ticker.nanos() - begun.at());
        } else if (wasLoaded && isText()) {
            performance.wroteAtOnce(tokens, begun.at() - askedAt);
        }
    }

    /** {@return why it broke off, if that was not since we hung up} */
    private static Optional<UpstreamException> fault(Ending ending) {
        return ending.broken().filter(broken -> broken.failure() != UpstreamException.Failure.CANCELLED);
    }
}
