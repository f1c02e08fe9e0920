package dev.geniehive.kernel.app;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.meter.Scrape;
import java.util.List;
import java.util.function.Supplier;

/** What every process answers, whatever it is made of. */
final class KernelRoutes {
    private final Supplier<List<String>> notReady;
    private final Meters meters;

    KernelRoutes(Supplier<List<String>> notReady, Meters meters) {
        this.notReady = notReady;
        this.meters = meters;
    }

    List<AppRoute> routes() {
        return List.of(
                new AppRoute(Route.get("/livez", request -> ok(request, List.of())), Access.PUBLIC),
                new AppRoute(Route.get("/readyz", request -> ok(request, notReady.get())), Access.PUBLIC),
                new AppRoute(Route.get("/health", request -> ok(request, notReady.get())), Access.PUBLIC),
                new AppRoute(Route.get("/metrics", this::metrics), Access.CLIENT));
    }

    /** The reasons are for whoever asks for them; a probe needs the status only. */
    private static Answer ok(ApiRequest request, List<String> reasons) {
        Json.Obj json = Json.object().put("status", reasons.isEmpty() ? "ok" : "not ready");
        if (request.query("verbose").isPresent()) {
            json = json.put("reasons", Json.strings(reasons));
        }
        return Answer.json(reasons.isEmpty() ? 200 : 503, json);
    }

    private Answer metrics(ApiRequest request) {
        Scrape scrape = meters.scrape(request.headers().first("accept").orElse(""));
        Answer.Whole answer = Answer.text(200, scrape.contentType(), scrape.text());
        return new Answer.Whole(200, Headers.of("cache-control", "no-store"), answer.body());
    }
}
