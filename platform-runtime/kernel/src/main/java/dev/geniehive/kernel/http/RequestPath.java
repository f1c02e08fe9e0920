package dev.geniehive.kernel.http;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a request, each segment decoded once.
 *
 * <p>Nothing here normalises. A path that two readers could understand in two ways (dot segments, empty segments,
 * backslashes, control characters, in whatever encoding) is refused.
 *
 * @param segments decoded, none empty; an encoded slash is part of its segment
 */
record RequestPath(List<String> segments) {
    /**
     * Reads a path as it was sent. One trailing slash is tolerated.
     *
     * @throws GenieException if the path is a trick or not a path
     */
    static RequestPath of(String raw) {
        if (!raw.startsWith("/")) {
            throw refused("does not start with a slash");
        }
        boolean slashed = raw.length() > 1 && raw.endsWith("/") && !raw.endsWith("//");
        String path = slashed ? raw.substring(0, raw.length() - 1) : raw;
        List<String> segments = new ArrayList<>();
        if (path.length() > 1) {
            for (String segment : path.substring(1).split("/", -1)) {
                segments.add(checked(PercentCoding.decode(segment, false)));
            }
        }
        return new RequestPath(List.copyOf(segments));
    }

    private static String checked(String segment) {
        int pieceStart = 0;
        for (int i = 0; i <= segment.length(); i++) {
            char c = i < segment.length() ? segment.charAt(i) : '/';
            if (c < ' ' || c == 127 || c == '\\') {
                throw refused("holds a backslash or a control character");
            }
            if (c == '/') {
                if (isEmptyOrDots(segment, pieceStart, i)) {
                    throw refused("has an empty or a dot segment");
                }
                pieceStart = i + 1;
            }
        }
        return segment;
    }

    private static boolean isEmptyOrDots(String segment, int from, int to) {
        return switch (to - from) {
            case 0 -> true;
            case 1 -> segment.charAt(from) == '.';
            case 2 -> segment.charAt(from) == '.' && segment.charAt(from + 1) == '.';
            default -> false;
        };
    }

    private static GenieException refused(String why) {
        return new GenieException(
                ErrorKind.INVALID_REQUEST, "invalid_path", "The path %s. Send a plain absolute path.".formatted(why));
    }

    /** {@return the decoded path without a trailing slash} */
    String text() {
        return "/" + String.join("/", segments);
    }

    /** {@return the segments from one on, joined} */
    String from(int index) {
        return String.join("/", segments.subList(index, segments.size()));
    }
}
