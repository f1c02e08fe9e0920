package dev.geniehive.it.engine;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request as the engine saw it, at some moment.
 *
 * @param id counts from 1
 * @param connection which connection it came on, from 1
 * @param method as sent
 * @param target path and query as sent
 * @param headers lines as sent, {@code Name: value}
 * @param body as sent, without chunk framing
 * @param tokens how many tokens of the answer were sent so far
 * @param hungUpMs when the client was seen to be gone, in ms after its request was read; empty if it stayed
 * @param endedMs when the engine was done with it, in ms after the request was read; empty while it works on it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Seen(
        int id,
        int connection,
        String method,
        String target,
        List<String> headers,
        byte[] body,
        int tokens,
        OptionalLong hungUpMs,
        OptionalLong endedMs) {
    /** {@return the value of the first header of that name} */
    public Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    /** {@return whether its target begins with that path} */
    public boolean isFor(String path) {
        return target.startsWith(path);
    }

    String json() {
        return "{\"id\":%d,\"connection\":%d,\"method\":%s,\"target\":%s,\"headers\":[%s],\"body\":\"%s\",\"tokens\":%d,\"hung_up_ms\":%s,\"ended_ms\":%s}"
                .formatted(
                        id,
                        connection,
                        FlatJson.quote(method),
                        FlatJson.quote(target),
                        String.join(",", headers.stream().map(FlatJson::quote).toList()),
                        Base64.getEncoder().encodeToString(body),
                        tokens,
                        number(hungUpMs),
                        number(endedMs));
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "null";
    }
}
