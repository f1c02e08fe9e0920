package dev.geniehive.control.operator;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.queue.Queues;
import dev.geniehive.control.routing.Claim;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.plugin.PluginInfo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes under {@code /v1/cluster}. */
public final class ClusterApi {
    private final Hive hive;
    private final Supplier<Router> router;
    private final Supplier<List<PluginInfo>> plugins;

    public ClusterApi(Hive hive, Supplier<Router> router, Supplier<List<PluginInfo>> plugins) {
        this.hive = hive;
        this.router = router;
        this.plugins = plugins;
    }

    /** {@return what is answered here; all of it needs the operator's key} */
    public List<AppRoute> routes() {
        return Stream.of(
                        Route.get("/v1/cluster/hosts", request -> hosts()),
                        Route.get("/v1/cluster/hosts/{id}", request -> host(request.param("id"))),
                        Route.get("/v1/cluster/services", request -> services()),
                        Route.get("/v1/cluster/services/{id...}", request -> service(request.param("id"))),
                        Route.get("/v1/cluster/health", request -> Answer.json(HealthJson.of(hive))),
                        Route.get("/v1/cluster/plugins", request -> plugins()),
                        Route.get("/v1/cluster/routes/resolve", this::resolve),
                        Route.post("/v1/cluster/routes/match", this::match))
                .map(route -> new AppRoute(route, Access.OPERATOR))
                .toList();
    }

    private Answer hosts() {
        return Answer.json(HiveJson.list(hive.snapshot().hosts().values().stream()
                .map(host -> HiveJson.host(host, hive))
                .toList()));
    }

    private Answer host(String id) {
        Host host = hive.snapshot().host(id).orElseThrow(() -> unknown("host", id, "hosts"));
        return Answer.json(HiveJson.host(host, hive));
    }

    private Answer services() {
        return Answer.json(HiveJson.list(hive.snapshot().hosts().values().stream()
                .flatMap(host -> host.services().stream()
                        .sorted(Comparator.comparing(Service::id))
                        .map(service -> HiveJson.service(service, host)))
                .toList()));
    }

    private Answer service(String id) {
        return hive.snapshot().hosts().values().stream()
                .flatMap(host -> host.services().stream()
                        .filter(service -> service.id().equals(id))
                        .map(service -> Answer.json(HiveJson.service(service, host))))
                .findFirst()
                .orElseThrow(() -> unknown("service", id, "services"));
    }

    private Answer plugins() {
        return Answer.json(
                HiveJson.list(plugins.get().stream().map(PluginJson::of).toList()));
    }

    private Answer resolve(ApiRequest request) {
        String model = request.query("model")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> new GenieException(
                        new Problem(ErrorKind.INVALID_REQUEST, "Which model? Ask with ?model=NAME.").about("model")));
        Operation operation = operation(request);
        boolean stream = request.query("stream").map(Boolean::parseBoolean).orElse(false);
        return decided(new RouteRequest(operation, model, BodyFacts.of(model, stream)), need(request));
    }

    /** Decides about a request as it would be sent, and sends nothing. */
    private Answer match(ApiRequest request) {
        BodyFacts facts = request.json().facts();
        if (facts.model().isBlank()) {
            throw new GenieException(new Problem(
                            ErrorKind.INVALID_REQUEST,
                            "missing_model",
                            "The request names no model. Send one as it would go to a client's route, and its operation as ?operation=NAME.")
                    .about("model"));
        }
        return decided(new RouteRequest(operation(request), facts.model(), facts), need(request));
    }

    private Answer decided(RouteRequest routed, Need need) {
        Router decider = router.get();
        Decision decision = decider.decide(hive.snapshot(), routed, need);
        Json.Obj json = DecisionJson.of(decision, candidate -> decider.explain(decision, candidate));
        return decision.refusal()
                .map(problem -> (Answer)
                        Answer.json(problem.kind().status(), problem.envelope().put("decision", json)))
                .orElseGet(() -> Answer.json(json));
    }

    private static Operation operation(ApiRequest request) {
        String name = request.query("operation").orElse(Operation.CHAT.wireName());
        return Operation.named(name)
                .orElseThrow(() -> new GenieException(new Problem(
                                ErrorKind.INVALID_REQUEST,
                                "'%s' is no operation. There are: %s."
                                        .formatted(
                                                name,
                                                Arrays.stream(Operation.values())
                                                        .map(Operation::wireName)
                                                        .collect(Collectors.joining(", "))))
                        .about("operation")));
    }

    /** What a request of a key needs that is bound to the queue which is named, if one is. */
    private static Need need(ApiRequest request) {
        List<String> queues = request.query("queue").stream().toList();
        queues.stream().filter(name -> !name.matches(Queues.NAME)).forEach(name -> {
            throw new GenieException(new Problem(
                            ErrorKind.INVALID_REQUEST,
                            "A queue is called by small letters, digits and dashes, was '%s'.".formatted(name))
                    .about("queue"));
        });
        return new Need(minContext(request)).with(new Claim(queues, false));
    }

    private static int minContext(ApiRequest request) {
        String text = request.query("min_context").orElse("0");
        if (!text.matches("[0-9]{1,9}")) {
            throw new GenieException(new Problem(
                            ErrorKind.INVALID_REQUEST, "min_context is a number of tokens, was '%s'.".formatted(text))
                    .about("min_context"));
        }
        return Integer.parseInt(text);
    }

    private static GenieException unknown(String what, String id, String list) {
        return new GenieException(
                ErrorKind.NOT_FOUND, "No %s is called '%s'. GET /v1/cluster/%s lists them.".formatted(what, id, list));
    }
}
