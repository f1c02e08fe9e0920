package dev.geniehive.testkit;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.testkit.FakeReply.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * An engine without a network: answers by path what the test has scripted, and remembers what it was asked. What is
 * not scripted is a plain 404.
 */
public final class FakeUpstream implements Upstream {
    private final String name;
    private final Map<String, FakeReply> replies = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile FakeReply otherwise = FakeReply.text(404, "text/plain", "404 page not found");

    /**
     * One request as it arrived.
     *
     * @param method for example {@code POST}
     * @param path with its query
     * @param headers beyond what the platform sends by itself
     * @param body as text
     */
    public record Seen(String method, String path, Headers headers, String body) {}

    public FakeUpstream() {
        this("workshop/fake");
    }

    /** An engine that the platform calls by this name. */
    public FakeUpstream(String name) {
        this.name = name;
    }

    /** Answers a path, with or without a query, from now on. */
    public FakeUpstream on(String path, FakeReply reply) {
        replies.put(path, reply);
        return this;
    }

    /** Answers every path that has no reply of its own. */
    public FakeUpstream otherwise(FakeReply reply) {
        otherwise = reply;
        return this;
    }

    /** {@return the paths that have a reply of their own} */
    public Set<String> paths() {
        return Set.copyOf(replies.keySet());
    }

    /** {@return all requests so far, the oldest first} */
    public List<Seen> requests() {
        return List.copyOf(seen);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UpstreamReply send(UpstreamRequest request) throws InterruptedException {
        FakeReply reply = replyTo(request.path());
        if (reply.content() instanceof Content.Silence(var failure)) {
            if (failure.isPresent()) {
                throw new UpstreamException(failure.get(), false, "%s: %s".formatted(name, failure.get()));
            }
            new CountDownLatch(1).await();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the request was sent");
        }
        seen.add(new Seen(request.method(), request.path(), request.headers(), textOf(request)));
        return new Replying(reply, open(reply.content()));
    }

    private FakeReply replyTo(String path) {
        FakeReply exact = replies.get(path);
        if (exact != null) {
            return exact;
        }
        int query = path.indexOf('?');
        return replies.getOrDefault(query < 0 ? path : path.substring(0, query), otherwise);
    }

    private static String textOf(UpstreamRequest request) {
        try (InputStream in = request.body().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Content content) {
        return switch (content) {
            case Content.Whole(var text) -> new ByteArrayInputStream(FakeReply.utf8(text));
            case Content.Fed(var feed) -> feed;
            case Content.Endless() -> new Spaces();
            case Content.Silence silence -> InputStream.nullInputStream();
        };
    }

    private record Replying(FakeReply reply, InputStream body) implements UpstreamReply {
        @Override
        public int status() {
            return reply.status();
        }

        @Override
        public Headers headers() {
            return reply.headers();
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Spaces extends InputStream {
        @Override
        public int read() {
            return ' ';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Arrays.fill(into, offset, offset + length, (byte) ' ');
            return length;
        }
    }
}
