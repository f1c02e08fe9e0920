package dev.geniehive.control.routing;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.roles.Role;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a client is told when nobody may get its request. */
final class Refusals {
    /** So many are named in one sentence. */
    private static final int MOST_NAMED = 5;

    /** What may pass comes closer than what the request asks for, and that closer than what the name stands for. */
    private static final Comparator<Drop> CLOSER =
            Comparator.comparing(Drop::cause).thenComparing(Comparator.naturalOrder());

    private Refusals() {}

    /** {@return the refusal of a name} */
    static Problem of(Asking asking, List<Verdict.Dropped> dropped) {
        RouteRequest request = asking.route();
        return dropped.isEmpty()
                ? new Problem(
                                ErrorKind.NOT_FOUND,
                                "model_not_found",
                                "Nothing in the hive is called '%s'. GET /v1/models lists what can be asked for."
                                        .formatted(request.model()))
                        .about("model")
                : closest(asking, dropped);
    }

    /** {@return the refusal of a role that nobody plays; those who do not fit it are not the client's business} */
    static Problem of(Role role, Asking asking, List<Verdict.Dropped> dropped) {
        if (role.operation() != asking.route().operation()) {
            return new Problem(
                            ErrorKind.INVALID_REQUEST,
                            "unsupported_operation",
                            "The role '%s' can be asked for %s, not for %s."
                                    .formatted(
                                            role.name(),
                                            role.operation().wireName(),
                                            asking.route().operation().wireName()))
                    .about("model");
        }
        List<Verdict.Dropped> fitting = dropped.stream()
                .filter(drop -> drop.by().cause() != Drop.Cause.ROLE)
                .toList();
        boolean request = fitting.stream().anyMatch(drop -> drop.by() != Drop.OPERATION);
        if (request) {
            return closest(asking, fitting);
        }
        return new Problem(
                        ErrorKind.UNAVAILABLE,
                        "Nobody in the hive fits the role '%s' now: %s."
                                .formatted(
                                        role.name(),
                                        dropped.isEmpty() ? "there are no models at all" : fewReasons(dropped)))
                .retryAfter(Comeback.UNKNOWN);
    }

    /** Speaks about the services that came closest: those that passed most of the filters. */
    private static Problem closest(Asking asking, List<Verdict.Dropped> all) {
        RouteRequest request = asking.route();
        Drop closest = all.stream().map(Verdict.Dropped::by).max(CLOSER).orElseThrow();
        List<Verdict.Dropped> dropped =
                all.stream().filter(drop -> drop.by() == closest).toList();
        return switch (closest) {
            case HEALTH -> unhealthy(request, dropped);
            case LOST -> away(request, dropped, Drop.LOST, "lost");
            case DRAINING -> away(request, dropped, Drop.DRAINING, "draining");
            case OPERATION ->
                new Problem(
                                ErrorKind.INVALID_REQUEST,
                                "unsupported_operation",
                                "'%s' cannot be asked for %s: %s."
                                        .formatted(
                                                request.model(),
                                                request.operation().wireName(),
                                                reasons(dropped)))
                        .about("model");
            case CONTEXT -> tooLong(asking, dropped);
            case ABILITY ->
                new Problem(
                                ErrorKind.INVALID_REQUEST,
                                "unsupported_content",
                                "'%s' cannot take this request: %s.".formatted(request.model(), reasons(all)))
                        .about("messages");
            default ->
                new Problem(
                        ErrorKind.UNAVAILABLE,
                        "'%s' is known, but cannot be served now: %s.".formatted(request.model(), reasons(dropped)));
        };
    }

    /** Says what is missing, and who could serve how much. */
    private static Problem tooLong(Asking asking, List<Verdict.Dropped> dropped) {
        long needed = asking.demand().leastTokens();
        int largest = dropped.stream()
                .mapToInt(drop -> drop.offer().asset().contextLength().orElse(0))
                .max()
                .orElse(0);
        String who = dropped.stream()
                .sorted(Comparator.comparingInt((Verdict.Dropped drop) ->
                                -drop.offer().asset().contextLength().orElse(0))
                        .thenComparing(drop -> drop.offer().service().id()))
                .map(drop -> "%s %d"
                        .formatted(
                                drop.offer().service().id(),
                                drop.offer().asset().contextLength().orElse(0)))
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return new Problem(
                        ErrorKind.INVALID_REQUEST,
                        "context_length_exceeded",
                        "The request needs at least %d tokens of context (%s), and the most that '%s' has is %d: %d too few. Could serve: %s. Shorten it, or ask for fewer tokens of answer."
                                .formatted(
                                        needed,
                                        asking.demand().origin(),
                                        asking.route().model(),
                                        largest,
                                        needed - largest,
                                        who))
                .about("messages");
    }

    /** The services may be well; their hosts are not there for new requests. */
    private static Problem away(RouteRequest request, List<Verdict.Dropped> dropped, Drop by, String word) {
        List<String> services = dropped.stream()
                .filter(drop -> drop.by() == by)
                .map(drop -> drop.offer().service().id())
                .distinct()
                .toList();
        return new Problem(
                        ErrorKind.UNAVAILABLE,
                        "'%s' is served by %s, which %s %s. See GET /v1/cluster/hosts."
                                .formatted(
                                        request.model(),
                                        String.join(", ", services),
                                        services.size() == 1 ? "is" : "are",
                                        word))
                .retryAfter(Comeback.of(dropped));
    }

    private static Problem unhealthy(RouteRequest request, List<Verdict.Dropped> dropped) {
        boolean loading =
                dropped.stream().anyMatch(drop -> drop.offer().service().health() == ServiceHealth.LOADING);
        Problem problem = new Problem(
                ErrorKind.UNAVAILABLE,
                loading ? "loading" : ErrorKind.UNAVAILABLE.code(),
                "'%s' is served by %s, and none of them is healthy: %s."
                        .formatted(
                                request.model(),
                                dropped.stream()
                                        .map(drop -> drop.offer().service().id())
                                        .distinct()
                                        .collect(Collectors.joining(", ")),
                                reasons(dropped)));
        return problem.retryAfter(Comeback.of(dropped));
    }

    private static String reasons(List<Verdict.Dropped> dropped) {
        return dropped.stream().map(Refusals::reason).distinct().collect(Collectors.joining("; "));
    }

    private static String fewReasons(List<Verdict.Dropped> dropped) {
        String some = dropped.stream()
                .map(Refusals::reason)
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining("; "));
        return dropped.size() > MOST_NAMED ? some + "; and more, see GET /v1/cluster/routes/resolve" : some;
    }

    private static String reason(Verdict.Dropped drop) {
        return drop.offer().service().id() + " " + drop.reason().get();
    }
}
