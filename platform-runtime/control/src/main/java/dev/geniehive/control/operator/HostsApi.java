package dev.geniehive.control.operator;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Links;
import dev.geniehive.control.node.Registrar;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the operator does to hosts: drain, resume, remove, and have them look again. */
public final class HostsApi {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Hive hive;
    private final Registrar registrar;
    private final Links links;

    public HostsApi(Hive hive, Registrar registrar, Links links) {
        this.hive = hive;
        this.registrar = registrar;
        this.links = links;
    }

    /** {@return what is answered here; all of it needs the operator's key} */
    public List<AppRoute> routes() {
        return Stream.of(
                        Route.post("/v1/cluster/hosts/{id}/drain", request -> drain(request.param("id"), true)),
                        Route.post("/v1/cluster/hosts/{id}/resume", request -> drain(request.param("id"), false)),
                        Route.post("/v1/cluster/hosts/{id}/remove", request -> remove(request.param("id"))),
                        Route.get("/v1/node/inventory", request -> inventory(host(request))),
                        Route.post("/v1/node/services/refresh", this::refresh))
                .map(route -> new AppRoute(route, Access.OPERATOR))
                .toList();
    }

    private Answer drain(String id, boolean draining) {
        registrar.drain(id, draining);
        return Answer.json(HiveJson.host(known(id), hive));
    }

    private Answer remove(String id) {
        registrar.remove(id);
        links.cut(id, "its host was removed");
        return Answer.json(Json.object().put("id", id).put("removed", true));
    }

    private Answer refresh(ApiRequest request) throws InterruptedException {
        Host host = host(request);
        boolean looked = host.online() && hive.refresh(host.id(), () -> links.nudge(host.id()), PATIENCE);
        return Answer.json(json(known(host.id())).put("refreshed", looked));
    }

    private Answer inventory(Host host) {
        return Answer.json(json(host));
    }

    private Json.Obj json(Host host) {
        return Json.object()
                .put("node", host.id())
                .put("status", host.status().wireName())
                .put("last_seen", hive.lastSeen(host.id()).toString())
                .put(
                        "services",
                        Json.array(host.services().stream()
                                .map(service -> HiveJson.service(service, host))
                                .toList()));
    }

    private Host host(ApiRequest request) {
        String id = request.query("node")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> new GenieException(
                        new Problem(ErrorKind.INVALID_REQUEST, "Which node? Ask with ?node=ID.").about("node")));
        return known(id);
    }

    private Host known(String id) {
        return hive.snapshot()
                .host(id)
                .orElseThrow(() -> new GenieException(
                        ErrorKind.NOT_FOUND,
                        "No host is called '%s'. GET /v1/cluster/hosts lists them.".formatted(id)));
    }
}
