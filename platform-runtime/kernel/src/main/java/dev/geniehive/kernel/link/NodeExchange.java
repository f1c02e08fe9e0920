package dev.geniehive.kernel.link;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.body.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of the control plane at the node, from the place at its service to the last frame of the answer. */
final class NodeExchange implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(NodeExchange.class);

    /** A request that is larger is worked on while it comes in, so that it never has to wait for room. */
    private static final int SHORT_BYTES = 16 << 10;

    private final Opening opening;
    private final NodeLine line;
    private final LinkClient.Parts parts;
    private final Inbox inbox;
    private final Thread worker;
    /** What is missing until the connection is idle again: the end of the request and that of the answer. */
    private final AtomicInteger missing = new AtomicInteger(2);

    private final AnswerFrames frames;
    /** The reader's only. */
    private boolean started;

    private volatile boolean asked;
    private volatile boolean hungUp;
    private volatile @Nullable UpstreamReply reply;

    NodeExchange(Opening opening, NodeLine line, LinkClient.Parts parts) {
        this.opening = opening;
        this.line = line;
        this.parts = parts;
        this.inbox = new Inbox(parts.ticker());
        this.frames = new AnswerFrames(line);
        this.worker = Thread.ofVirtual().name("link-exchange").unstarted(this);
    }

    /** Takes a frame of the request, on the reader's thread. Work begins when all of a short one is here. */
    void accept(Frame frame) throws MalformedFrameException, InterruptedException {
        if (asked) {
            throw new MalformedFrameException("a frame %s came out of its turn".formatted(frame.type()));
        }
        if (frame.type() == FrameType.END) {
            asked = true;
            oneLess();
        }
        if (inbox.bytes() + frame.payload().length > SHORT_BYTES) {
            start();
        }
        inbox.put(frame);
        if (asked) {
            start();
        }
    }

    private void start() {
        if (!started) {
            started = true;
            worker.start();
        }
    }

    private void oneLess() {
        if (missing.decrementAndGet() == 0) {
            line.over();
        }
    }

    /** {@return whether the connection can carry another request} */
    boolean isOver() {
        return missing.get() == 0;
    }

    @Override
    public void run() {
        Frame last = served();
        inbox.discard();
        if (hungUp) {
            return;
        }
        oneLess();
        try {
            frames.last(last);
        } catch (IOException e) {
            line.close(LinkWords.reason(e));
        } catch (InterruptedException e) {
            line.close("it was hung up on");
        }
    }

    /** Does all of it but the last frame, which is returned: when that is sent, the place is free again. */
    private Frame served() {
        try (LinkServices.Place place = parts.services().take(opening.service())) {
            return relayed(place);
        } catch (UpstreamException e) {
            return failed(Refusal.of(e));
        } catch (GenieException e) {
            return failed(new Refusal(Failure.BUSY, false, String.valueOf(e.getMessage())));
        } catch (IOException | InterruptedException e) {
            return failed(new Refusal(Failure.CANCELLED, true, "The exchange was hung up on."));
        } catch (RuntimeException | Error e) {
            return broken(e);
        }
    }

    private Frame broken(Throwable e) {
        if (!hungUp) {
            log.error("A request for {} failed inside", opening.service(), e);
        }
        return failed(new Refusal(
                Failure.BROKEN,
                true,
                "%s failed inside its node; the log there tells more.".formatted(opening.service())));
    }

    private Frame failed(Refusal refusal) {
        return new Frame(frames.headed() ? FrameType.ABORT : FrameType.REFUSED, refusal.payload());
    }

    private Frame relayed(LinkServices.Place place) throws IOException, InterruptedException {
        try (RequestBody body = body();
                UpstreamReply answer = place.upstream().send(opening.with(body))) {
            reply = answer;
            if (hungUp) {
                throw new InterruptedException();
            }
            frames.relay(answer);
            return new Frame(FrameType.END, Frame.NOTHING);
        }
    }

    /** Nothing is asked of the engine before all of the request is here: so it can be told whether it has seen any. */
    private RequestBody body() throws IOException {
        InputStream in = new InboxStream(inbox);
        RequestBody body = parts.bodies().raw(in, opening.length(), opening.contentType(), Long.MAX_VALUE);
        boolean whole = false;
        try {
            whole = in.read() < 0;
            if (!whole) {
                line.close("a body is longer than it said");
            }
        } finally {
            if (!whole) {
                body.close();
            }
        }
        if (!whole) {
            throw new IOException("a body is longer than it said");
        }
        return body;
    }

    /** Ends it at once in whatever phase it is, from any thread. Its connection ends, too. */
    void hangUp() {
        if (isOver()) {
            return;
        }
        hungUp = true;
        inbox.fail("it was hung up on");
        worker.interrupt();
        UpstreamReply running = reply;
        if (running != null) {
            running.close();
        }
    }
}
