package dev.geniehive.agent;

import dev.geniehive.agent.report.Household;
import dev.geniehive.agent.report.Standing;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import java.time.Duration;
import java.util.List;

/** What this machine has, told to its operator on its own port. */
final class InventoryApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Registration self;
    private final Household household;
    private final Members members;

    InventoryApi(Registration self, Household household, Members members) {
        this.self = self;
        this.household = household;
        this.members = members;
    }

    List<AppRoute> routes() {
        return List.of(
                new AppRoute(Route.get("/v1/node/inventory", request -> Answer.json(inventory())), Access.OPERATOR),
                new AppRoute(Route.post("/v1/node/services/refresh", request -> refresh()), Access.OPERATOR));
    }

    /** {@return a service as a control plane elsewhere gets to see it: without the engine's key} */
    static ServiceReport throughLink(ServiceReport report) {
        return new ServiceReport(
                report.name(), report.engine(), new Reach.Link(), report.terms(), report.inventory(), report.looks());
    }

    private Answer refresh() throws InterruptedException {
        household.lookAtAllNow(PATIENCE);
        return Answer.json(inventory());
    }

    private Json.Obj inventory() {
        List<ServiceReport> reports =
                household.reports().stream().map(InventoryApi::throughLink).toList();
        return Json.object()
                .put("object", "node")
                .putIfPresent(
                        "node_id",
                        members.all().stream()
                                .flatMap(member -> member.reporter().standing().assignment().stream())
                                .map(told -> told.nodeId())
                                .findFirst())
                .put("name", self.name())
                .put("platform", ProtocolJson.of(self.platform()))
                .put(
                        "control_planes",
                        Json.array(
                                members.all().stream().map(InventoryApi::json).toList()))
                .put("services", ProtocolJson.services(reports));
    }

    private static Json.Obj json(Member member) {
        Standing standing = member.reporter().standing();
        return Json.object()
                .put("url", member.url().toString())
                .put("connected", standing.connected())
                .putIfPresent("since", standing.since().map(Object::toString))
                .putIfPresent("last_error", standing.lastError());
    }
}
