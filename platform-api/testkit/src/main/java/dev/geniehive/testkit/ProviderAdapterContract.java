package dev.geniehive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.testkit.FakeUpstream.Seen;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every provider adapter promises. Extend it, return your adapter, and run it. */
@Timeout(10)
public abstract class ProviderAdapterContract {
    private static final String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";

    /** {@return the adapter under test, freshly made} */
    protected abstract ProviderAdapter adapter();

    /** {@return whether it sends anything upstream; an adapter that makes its answers up says no} */
    protected boolean talksUpstream() {
        return true;
    }

    /** {@return whether it passes bodies on as they are, but for the model; an adapter that translates them says no} */
    protected boolean keepsTheBody() {
        return true;
    }

    /** {@return a request that it can carry, and that is answered with a stream} */
    protected Invocation anInvocation() {
        String body = "{ \"messages\":[{\"role\":\"user\",\"content\":\"Hi \\u00e4\"}],\"model\" : \"client's name\","
                + "\"stream\":true,  \"unheard_of\":[1.50, 1e2] }";
        return new Invocation(Operation.CHAT, "engine's \"name\"", FakeBody.json(body));
    }

    /** {@return the first bytes of an upstream's answer to {@link #anInvocation()}} */
    protected String anEvent() {
        return EVENT;
    }

    @Test
    void carriesAtLeastOneOperationAndAlwaysTheSame() {
        ProviderAdapter adapter = adapter();

        assertThat(adapter.operations()).isNotEmpty().isEqualTo(adapter.operations());
        assertThat(adapter.operations()).contains(anInvocation().operation());
    }

    @Test
    @Timeout(3)
    void returnsWhileTheUpstreamIsStillTalking() throws Exception {
        FakeStream stream = new FakeStream().feed(anEvent());

        try (Reply reply = adapter().invoke(talking(stream), anInvocation())) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().first("content-type")).isPresent();
            assertThat(reply.body().read(new byte[8])).isPositive();
        }
    }

    @Test
    void sendsTheModelNameItWasGivenAndKeepsTheRestOfTheBody() throws Exception {
        assumeTrue(talksUpstream() && keepsTheBody());
        FakeUpstream upstream = talking(new FakeStream().feed(anEvent()).end());
        Invocation invocation = anInvocation();

        adapter().invoke(upstream, invocation).close();

        assertThat(upstream.requests())
                .extracting(Seen::body)
                .containsExactly(invocation.body().withModel(invocation.asset()).toString());
    }

    @Test
    void sendsNothingUpstreamIfItSaysSo() throws Exception {
        assumeTrue(!talksUpstream());
        FakeUpstream upstream = new FakeUpstream();

        adapter().invoke(upstream, anInvocation()).close();

        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void hangsUpOnTheUpstreamWhenTheReplyIsClosed() throws Exception {
        assumeTrue(talksUpstream());
        FakeStream stream = new FakeStream().feed(anEvent());
        Reply reply = adapter().invoke(talking(stream), anInvocation());
        assertThat(reply.body().read(new byte[8])).isPositive();

        reply.close();
        reply.close();

        assertThat(stream.sawHangUpWithin(2)).isTrue();
    }

    @Test
    void endsAReadWhenClosedFromAnotherThread() throws Exception {
        FakeStream stream = new FakeStream().feed(anEvent());
        Reply reply = adapter().invoke(talking(stream), anInvocation());
        Thread reader = Thread.ofVirtual().start(() -> readToTheEnd(reply));
        if (talksUpstream()) {
            assertThat(stream.sawReaderWaitWithin(5)).isTrue();
        }

        reply.close();

        assertThat(reader.join(Duration.ofSeconds(2)))
                .as("the read ended after close()")
                .isTrue();
    }

    @Test
    void letsFailuresOfTheUpstreamThrough() {
        assumeTrue(talksUpstream());
        for (Failure failure : new Failure[] {Failure.REFUSED, Failure.BUSY, Failure.FIRST_BYTE_TIMED_OUT}) {
            FakeUpstream upstream = new FakeUpstream("attic/broken").otherwise(FakeReply.failing(failure));

            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> adapter().invoke(upstream, anInvocation()))
                    .withMessageContaining("attic/broken")
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
        }
    }

    @Test
    void saysThatTheUpstreamBrokeOffRatherThanEnding() throws Exception {
        assumeTrue(talksUpstream());
        FakeStream stream = new FakeStream().feed(anEvent()).breakOff();

        try (Reply reply = adapter().invoke(talking(stream), anInvocation())) {
            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> reply.body().readAllBytes());
        }
    }

    @Test
    void takesAnErrorStatusForAReply() throws Exception {
        assumeTrue(talksUpstream());
        for (int status : new int[] {400, 401, 404, 429, 500, 503}) {
            String body = "{\"error\":{\"message\":\"no\",\"code\":%d}}".formatted(status);
            FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.json(status, body));

            try (Reply reply = adapter().invoke(upstream, anInvocation())) {
                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.body().readAllBytes()).asString().isEqualTo(body);
            }
        }
    }

    @Test
    void givesUpWhenInterrupted() throws Exception {
        assumeTrue(talksUpstream());
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.hanging());

        assertThat(Interrupting.call(() -> adapter().invoke(upstream, anInvocation())))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void endsAReadWhenTheReaderIsInterrupted() throws Exception {
        FakeStream stream = new FakeStream().feed(anEvent());
        Reply reply = adapter().invoke(talking(stream), anInvocation());
        Thread reader = Thread.ofVirtual().start(() -> readToTheEnd(reply));
        if (talksUpstream()) {
            assertThat(stream.sawReaderWaitWithin(5)).isTrue();
        }

        reader.interrupt();

        assertThat(reader.join(Duration.ofSeconds(2)))
                .as("the read ended after the interrupt")
                .isTrue();
        reply.close();
    }

    private static FakeUpstream talking(FakeStream stream) {
        return new FakeUpstream().otherwise(FakeReply.streaming("text/event-stream", stream));
    }

    private static void readToTheEnd(Reply reply) {
        try {
            reply.body().readAllBytes();
        } catch (UpstreamException | IOException expected) {
            // Either way the read has ended, which is all that was asked.
        }
    }
}
