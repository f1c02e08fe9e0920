package dev.geniehive.bench.load;

import dev.geniehive.bench.subject.Target;
import dev.geniehive.bench.wire.Answer;
import dev.geniehive.bench.wire.BodySink;
import dev.geniehive.bench.wire.StampReader;
import dev.geniehive.bench.wire.Wire;
import java.io.IOException;
import java.util.Optional;

/** One client with one connection, which it makes anew when it broke or was ended. Whatever goes wrong is tallied. */
final class Client implements AutoCloseable {
    private static final int MOST_FAILURES = 20;

    private final Target target;
    private final int bufferBytes;
    private final Tally tally;
    private Optional<Wire> wire = Optional.empty();
    private int failures;

    Client(Target target, int bufferBytes, Tally tally) {
        this.target = target;
        this.bufferBytes = bufferBytes;
        this.tally = tally;
    }

    /** {@return whether there is a connection; so that making it costs no request time} */
    boolean connect() {
        try {
            if (wire.isEmpty()) {
                wire = Optional.of(target.connect(bufferBytes));
            }
            return true;
        } catch (IOException failed) {
            failed(failed);
            return false;
        }
    }

    /**
     * Has one whole answer.
     *
     * @param dueNanos from when its time counts
     */
    void ask(byte[] request, long dueNanos) {
        Optional<Answer> answer = exchange(request, BodySink.NOWHERE);
        if (answer.isPresent()) {
            tally.answers().add(System.nanoTime() - dueNanos);
            tally.sawBytes(answer.get().bodyBytes());
        }
    }

    /** Has one streamed answer, which has to have so many chunks and to say that it is done. */
    void stream(byte[] request, long chunks) {
        long sent = System.nanoTime();
        long[] first = new long[1];
        StampReader reader = new StampReader((stamp, arrived) -> {
            if (first[0] == 0) {
                first[0] = arrived;
            }
            if (arrived < stamp) {
                tally.failures().add("a chunk that came before it was sent");
            }
            tally.delays().add(arrived - stamp);
        });
        Optional<Answer> answer = exchange(request, reader);
        if (answer.isEmpty()) {
            return;
        }
        if (reader.chunks() != chunks || !reader.isDone()) {
            tally.failures()
                    .add("a stream of %d chunks for %d, %s"
                            .formatted(reader.chunks(), chunks, reader.isDone() ? "done" : "not done"));
            return;
        }
        tally.firstTokens().add(first[0] - sent);
        tally.answers().add(System.nanoTime() - sent);
        tally.sawBytes(answer.get().bodyBytes());
        tally.sawChunks(reader.chunks(), reader.merged());
    }

    /** {@return whether it has failed so often that more would say nothing} */
    boolean hasGivenUp() {
        return failures >= MOST_FAILURES;
    }

    @Override
    public void close() {
        wire.ifPresent(Wire::close);
        wire = Optional.empty();
    }

    private Optional<Answer> exchange(byte[] request, BodySink sink) {
        if (!connect()) {
            return Optional.empty();
        }
        try {
            Wire used = wire.orElseThrow();
            Answer answer = used.exchange(request, sink);
            if (used.ends()) {
                close();
            }
            if (answer.isOk()) {
                return Optional.of(answer);
            }
            failures++;
            tally.failures().add("status " + answer.status());
        } catch (IOException failed) {
            failed(failed);
        }
        return Optional.empty();
    }

    private void failed(IOException failure) {
        failures++;
        tally.failures().add(failure);
        close();
    }
}
