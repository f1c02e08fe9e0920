package dev.geniehive.api.host;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A short question to an engine and its whole answer. The answer may come from anybody: it is read up to a limit, and
 * whatever it holds reads as something, never as an exception.
 */
public final class Probe {
    /** Of a longer answer only so much is read; then the engine is hung up on. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int MAX_NAME = 300;

    private final int status;
    private final Headers headers;
    private final byte[] body;

    private Probe(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Asks for a path.
     *
     * @throws UpstreamException if no reply came, or it broke off
     */
    public static Probe get(Upstream upstream, String path) throws InterruptedException {
        return send(upstream, UpstreamRequest.get(path));
    }

    /**
     * Sends a request.
     *
     * @throws UpstreamException if no reply came, or it broke off
     */
    public static Probe send(Upstream upstream, UpstreamRequest request) throws InterruptedException {
        try (UpstreamReply reply = upstream.send(request)) {
            return new Probe(reply.status(), reply.headers(), read(reply.body()));
        } catch (UpstreamException e) {
            if (e.failure() == UpstreamException.Failure.CANCELLED && Thread.interrupted()) {
                throw (InterruptedException)
                        new InterruptedException("Interrupted while asking " + upstream.name()).initCause(e);
            }
            throw e;
        } catch (IOException e) {
            throw new UpstreamException(
                    UpstreamException.Failure.BROKEN,
                    true,
                    "%s broke off while answering %s".formatted(upstream.name(), request.path()),
                    e);
        }
    }

    private static byte[] read(InputStream body) throws IOException {
        return body.readNBytes(MAX_BYTES);
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return whether the status is 200} */
    public boolean ok() {
        return status == 200;
    }

    /** {@return whether the engine asks for a key, or for another one} */
    public boolean wantsKey() {
        return status == 401 || status == 403;
    }

    /** {@return the headers as they came} */
    public Headers headers() {
        return headers;
    }

    /** {@return the body as UTF-8 text} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** {@return the body as JSON, {@link Json#nothing} if it is none or longer than {@link #MAX_BYTES}} */
    public Json json() {
        if (body.length >= MAX_BYTES) {
            return Json.nothing();
        }
        try {
            return Json.parse(body);
        } catch (JsonException notJson) {
            return Json.nothing();
        }
    }

    /**
     * {@return the text of a value that can stand for a name or a version: not blank, without control characters, at
     * most 300 characters long}
     */
    public static Optional<String> name(Json value) {
        return value.asString()
                .filter(name -> !name.isBlank() && name.length() <= MAX_NAME)
                .filter(name -> name.chars().noneMatch(Character::isISOControl));
    }
}
