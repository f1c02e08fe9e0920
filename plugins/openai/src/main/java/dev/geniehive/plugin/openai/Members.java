package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads single members of a body's outermost object without making a tree of it: the body may be large, and the
 * platform has found it to be strict JSON already. Used by one thread.
 */
final class Members {
    private static final int LONGEST = 256;

    private final InputStream in;
    private final StringBuilder kept = new StringBuilder();
    private int depth;

    private Members(InputStream in) {
        this.in = in;
    }

    /** {@return the values of those members that there are and that are strings, numbers or words} */
    static Map<String, Json> of(Body body, Set<String> names) {
        try (InputStream in = new BufferedInputStream(body.open())) {
            return new Members(in).read(names);
        } catch (IOException e) {
            throw new UncheckedIOException("the body cannot be read", e);
        }
    }

    private Map<String, Json> read(Set<String> names) throws IOException {
        Map<String, Json> found = new HashMap<>();
        String name = "";
        boolean value = false;
        int c = in.read();
        while (c >= 0) {
            boolean scalar = c == '"' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
            if (!scalar) {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                value = depth == 1 && (c == ':' || (value && c != ','));
                c = in.read();
                continue;
            }
            c = c == '"' ? string() : word(c);
            if (depth == 1 && value && names.contains(name)) {
                found.put(name, json());
            } else if (depth == 1 && !value) {
                name = json().asString().orElse("");
            }
        }
        return found;
    }

    /** Keeps a string with its quotes. {@return what follows it} */
    private int string() throws IOException {
        kept.setLength(0);
        keep('"');
        for (int c = in.read(); c >= 0 && c != '"'; c = in.read()) {
            keep(c);
            if (c == '\\') {
                keep(in.read());
            }
        }
        keep('"');
        return in.read();
    }

    /** Keeps a number or a word. {@return what follows it} */
    private int word(int first) throws IOException {
        kept.setLength(0);
        int c = first;
        while (c >= 0 && ",:]} \t\r\n".indexOf(c) < 0) {
            keep(c);
            c = in.read();
        }
        return c;
    }

    private void keep(int c) {
        if (kept.length() <= LONGEST) {
            kept.append((char) c);
        }
    }

    /** {@return what was kept, nothing if it is too long to be of interest} */
    private Json json() {
        try {
            byte[] bytes = kept.toString().getBytes(StandardCharsets.ISO_8859_1);
            return kept.length() > LONGEST ? Json.nothing() : Json.parse(bytes);
        } catch (JsonException cut) {
            return Json.nothing();
        }
    }
}
