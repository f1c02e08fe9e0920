package dev.geniehive.kernel.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection at the node that made it. The thread that calls {@link #read} is its only reader. */
final class NodeLine {
    private final Line line;
    private final Fleet fleet;
    private final LinkClient.Parts parts;
    private @Nullable NodeExchange current;

    NodeLine(Line line, Fleet fleet, LinkClient.Parts parts) {
        this.line = line;
        this.fleet = fleet;
        this.parts = parts;
    }

    Line line() {
        return line;
    }

    /** Reads until the connection is over; then hangs up on what runs on it. */
    void read() throws IOException, InterruptedException {
        try {
            for (Frame frame = line.next(); frame != null; frame = line.next()) {
                accept(frame);
            }
        } finally {
            NodeExchange last = current;
            if (last != null) {
                last.hangUp();
            }
            line.close("the control plane closed the connection");
        }
    }

    private void accept(Frame frame) throws IOException, InterruptedException {
        switch (frame.type()) {
            case OPEN -> open(Opening.of(frame));
            case DATA, END -> running(frame).accept(frame);
            case ABORT -> {
                running(frame);
                throw new IOException("the control plane ended the exchange");
            }
            case NUDGE -> parts.nudged().run();
            case HEAD, REFUSED, PING, PONG -> throw outOfTurn(frame.type());
        }
    }

    private void open(Opening opening) throws MalformedFrameException {
        NodeExchange before = current;
        if (before != null && !before.isOver()) {
            throw outOfTurn(FrameType.OPEN);
        }
        NodeExchange exchange = new NodeExchange(opening, this, parts);
        current = exchange;
        fleet.busy(this, opening.waiting());
    }

    private NodeExchange running(Frame frame) throws MalformedFrameException {
        NodeExchange exchange = current;
        if (exchange == null || exchange.isOver()) {
            throw outOfTurn(frame.type());
        }
        return exchange;
    }

    private static MalformedFrameException outOfTurn(FrameType type) {
        return new MalformedFrameException("a frame %s came out of its turn".formatted(type));
    }

    /** Takes the connection back from an exchange that is over. */
    void over() {
        fleet.idle(this);
    }

    void write(FrameBuffer frames) throws IOException, InterruptedException {
        line.write(frames);
    }

    void close(String why) {
        line.close(why);
    }
}
