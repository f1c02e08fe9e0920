package dev.geniehive.kernel.config;

import java.util.Locale;

/** Dotted keys such as {@code server.max-body} or {@code agent.services[0].url}, and their environment variables. */
final class Paths {
    static final String PREFIX = "GENIEHIVE_";

    private Paths() {}

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** {@return the first part of a dotted key} */
    static String top(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** {@return the last part of a dotted key} */
    static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** {@return all but the last part of a dotted key} */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    /** {@return the environment variable of a key, for example {@code GENIEHIVE_SERVER_MAX_BODY}} */
    static String variable(String path) {
        StringBuilder name = new StringBuilder(PREFIX);
        path.toUpperCase(Locale.ROOT)
                .chars()
                .map(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_')
                .forEach(c -> name.append((char) c));
        return name.toString();
    }
}
