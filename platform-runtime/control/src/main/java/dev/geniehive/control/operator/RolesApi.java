package dev.geniehive.control.operator;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.roles.Role;
import dev.geniehive.control.roles.RoleBook;
import dev.geniehive.control.roles.RoleCatalogue;
import dev.geniehive.control.roles.RoleJson;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The routes under {@code /v1/cluster/roles}. */
public final class RolesApi {
    private final RoleCatalogue roles;
    private final Hive hive;
    private final Supplier<Router> router;
    private final Predicate<String> isPolicy;

    /** @param isPolicy whether a plugin offers a ranking policy of that name */
    public RolesApi(RoleCatalogue roles, Hive hive, Supplier<Router> router, Predicate<String> isPolicy) {
        this.roles = roles;
        this.hive = hive;
        this.router = router;
        this.isPolicy = isPolicy;
    }

    /** {@return what is answered here; all of it needs the operator's key} */
    public List<AppRoute> routes() {
        return Stream.of(
                        Route.get("/v1/cluster/roles", request -> list()),
                        Route.get("/v1/cluster/roles/{name}", request -> show(request.param("name"))),
                        new Route("PUT", "/v1/cluster/roles/{name}", this::put),
                        new Route("DELETE", "/v1/cluster/roles/{name}", request -> remove(request.param("name"))))
                .map(route -> new AppRoute(route, Access.OPERATOR))
                .toList();
    }

    private Answer list() {
        HiveSnapshot now = hive.snapshot();
        return Answer.json(HiveJson.list(roles.book().entries().values().stream()
                .map(entry -> json(entry, now))
                .toList()));
    }

    private Answer show(String name) {
        return Answer.json(json(entry(name), hive.snapshot()));
    }

    private Answer put(ApiRequest request) {
        String name = request.param("name");
        boolean isNew = roles.put(RoleJson.read(name, Documents.read(request.json(), "The description of a role")));
        return Answer.json(isNew ? 201 : 200, json(entry(name), hive.snapshot()));
    }

    private Answer remove(String name) {
        roles.remove(name);
        return Answer.json(Json.object().put("name", name).put("removed", true));
    }

    private RoleBook.Entry entry(String name) {
        RoleBook.Entry entry = roles.book().entries().get(name);
        if (entry == null) {
            throw RoleCatalogue.unknown(name);
        }
        return entry;
    }

    private Json.Obj json(RoleBook.Entry entry, HiveSnapshot now) {
        Role role = entry.role();
        Decision decision = router.get().decide(now, new RouteRequest(role.operation(), role.name()), Need.NOTHING);
        List<String> models = decision.eligible().stream()
                .map(eligible -> eligible.offer().asset().id())
                .distinct()
                .toList();
        return RoleJson.of(role)
                .put("source", entry.fromFile() ? "file" : "api")
                .put("resolves_to", Json.strings(models))
                .put("notes", Json.strings(notes(entry, decision, now)));
    }

    private List<String> notes(RoleBook.Entry entry, Decision decision, HiveSnapshot now) {
        Role role = entry.role();
        List<String> notes = new ArrayList<>();
        decision.refusal().map(Problem::message).ifPresent(notes::add);
        if (decision.played().isEmpty()) {
            notes.add("A model is called '%s', too; as long as it is loaded and healthy, requests go to it."
                    .formatted(role.name()));
        } else if (!now.offers(role.name()).isEmpty()) {
            notes.add("A model is called '%s', too; requests go to it as soon as it is loaded and healthy."
                    .formatted(role.name()));
        }
        if (entry.shadows()) {
            notes.add("A role of this name was made through the API, too; that of the file counts.");
        }
        roles.book().faults(role).forEach(fault -> notes.add("fallback: " + fault + "; it is passed over."));
        role.handling()
                .ranking()
                .filter(isPolicy.negate())
                .ifPresent(name -> notes.add("No plugin offers the ranking policy '%s'.".formatted(name)));
        exposures(role, now).forEach(name -> notes.add("No service has the exposure '%s' now.".formatted(name)));
        return notes;
    }

    private static List<String> exposures(Role role, HiveSnapshot now) {
        return role.casting().exposure().stream()
                .filter(name -> now.services().values().stream()
                        .noneMatch(service -> service.terms().exposure().equals(name)))
                .sorted()
                .toList();
    }
}
