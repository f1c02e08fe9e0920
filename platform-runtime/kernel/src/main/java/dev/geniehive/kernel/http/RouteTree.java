package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.AppRoute;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Patterns by segment. A literal wins over {@code {name}}, which wins over {@code {name...}}; where the better branch
 * leads nowhere, the next one is tried. Never changed once it is built.
 */
final class RouteTree {
    static final RouteTree EMPTY = new RouteTree();

    private final Map<String, RouteTree> literals = new HashMap<>();
    private final TreeMap<String, AppRoute> here = new TreeMap<>();
    private final TreeMap<String, AppRoute> rest = new TreeMap<>();
    private @Nullable RouteTree variable;

    private RouteTree() {}

    /**
     * The routes of one path.
     *
     * @param byMethod never empty; all of the same shape
     * @param path what was asked for
     */
    record Match(SequencedMap<String, AppRoute> byMethod, RequestPath path) {}

    /** {@return what two routes have in common if they claim the same requests} */
    static String key(AppRoute route) {
        String shape = route.route().pattern().replaceAll("\\{[^}]*\\.\\.\\.}", "{...}");
        return route.route().method() + " " + shape.replaceAll("\\{[^}.]+}", "{}");
    }

    static RouteTree of(List<AppRoute> routes) {
        RouteTree root = new RouteTree();
        routes.forEach(root::add);
        return root;
    }

    private void add(AppRoute route) {
        RouteTree node = this;
        for (String segment : segments(route.route().pattern())) {
            if (isRest(segment)) {
                node.rest.put(route.route().method(), route);
                return;
            }
            node = node.child(segment);
        }
        node.here.put(route.route().method(), route);
    }

    private RouteTree child(String segment) {
        if (!isVariable(segment)) {
            return literals.computeIfAbsent(segment, s -> new RouteTree());
        }
        RouteTree child = variable == null ? new RouteTree() : variable;
        variable = child;
        return child;
    }

    Optional<Match> find(RequestPath path) {
        return Optional.ofNullable(find(path.segments(), 0))
                .map(routes -> new Match(Collections.unmodifiableSequencedMap(routes), path));
    }

    private @Nullable SequencedMap<String, AppRoute> find(List<String> segments, int at) {
        if (at == segments.size()) {
            return here.isEmpty() ? null : here;
        }
        RouteTree literal = literals.get(segments.get(at));
        SequencedMap<String, AppRoute> found = literal == null ? null : literal.find(segments, at + 1);
        if (found == null && variable != null) {
            found = variable.find(segments, at + 1);
        }
        return found == null && !rest.isEmpty() ? rest : found;
    }

    /** {@return the values of a pattern's variables in a path that it matches} */
    static Map<String, String> params(String pattern, RequestPath path) {
        if (pattern.indexOf('{') < 0) {
            return Map.of();
        }
        Map<String, String> params = new HashMap<>();
        String[] segments = segments(pattern);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (isRest(segment)) {
                params.put(segment.substring(1, segment.length() - 4), path.from(i));
            } else if (isVariable(segment)) {
                params.put(
                        segment.substring(1, segment.length() - 1),
                        path.segments().get(i));
            }
        }
        return params;
    }

    private static String[] segments(String pattern) {
        return pattern.length() == 1 ? new String[0] : pattern.substring(1).split("/", -1);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean isRest(String segment) {
        return isVariable(segment) && segment.endsWith("...}");
    }
}
