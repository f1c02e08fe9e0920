package dev.geniehive.control.routing;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a client is told when nobody may get its request. */
final class Refusals {
    private static final Duration LOADING = Duration.ofSeconds(5);
    private static final Duration UNHEALTHY = Duration.ofSeconds(10);

    private Refusals() {}

    /** {@return the refusal, about the service that came closest} */
    static Problem of(RouteRequest request, List<Verdict.Dropped> dropped) {
        if (dropped.isEmpty()) {
            return new Problem(
                            ErrorKind.NOT_FOUND,
                            "model_not_found",
                            "Nothing in the hive is called '%s'. GET /v1/models lists what can be asked for."
                                    .formatted(request.model()))
                    .about("model");
        }
        Drop closest = dropped.stream()
                .map(Verdict.Dropped::by)
                .max(Comparator.comparingInt(Refusals::closeness))
                .orElseThrow();
        return switch (closest) {
            case HEALTH ->
                unhealthy(
                        request,
                        dropped.stream()
                                .filter(drop -> drop.by() == Drop.HEALTH)
                                .toList());
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
            case CONTEXT ->
                new Problem(
                                ErrorKind.INVALID_REQUEST,
                                "context_length_exceeded",
                                "No service of '%s' has enough context: %s."
                                        .formatted(request.model(), reasons(dropped)))
                        .about("messages");
            case ABILITY ->
                new Problem(
                                ErrorKind.INVALID_REQUEST,
                                "unsupported_content",
                                "'%s' cannot take this request: %s.".formatted(request.model(), reasons(dropped)))
                        .about("messages");
            case ADAPTER, LOADING_OFF, QUEUE, EXPOSURE ->
                new Problem(
                        ErrorKind.UNAVAILABLE,
                        "'%s' is known, but cannot be served now: %s.".formatted(request.model(), reasons(dropped)));
        };
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
                .retryAfter(UNHEALTHY);
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
        return problem.retryAfter(loading ? LOADING : UNHEALTHY);
    }

    /** The later the filter that stopped it, the closer it came. */
    private static int closeness(Drop drop) {
        return switch (drop) {
            case OPERATION -> 0;
            case ADAPTER, QUEUE, EXPOSURE -> 1;
            case LOST -> 2;
            case DRAINING -> 3;
            case HEALTH -> 4;
            case LOADING_OFF -> 5;
            case ABILITY -> 6;
            case CONTEXT -> 7;
        };
    }

    private static String reasons(List<Verdict.Dropped> dropped) {
        return dropped.stream()
                .map(drop -> drop.offer().service().id() + " " + drop.reason().get())
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
