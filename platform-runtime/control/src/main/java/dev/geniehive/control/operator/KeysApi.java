package dev.geniehive.control.operator;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.control.access.KeyRing;
import dev.geniehive.control.queue.Queues;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.store.StoredKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The routes under {@code /v1/cluster/keys}. */
public final class KeysApi {
    private static final Set<String> MEMBERS = Set.of("name", "kind", "models", "operations", "queues");
    private static final int MAX_BYTES = 64 * 1024;

    private final KeyRing keys;

    public KeysApi(KeyRing keys) {
        this.keys = keys;
    }

    /** {@return what is answered here; all of it needs the operator's key} */
    public List<AppRoute> routes() {
        return Stream.of(
                        Route.get("/v1/cluster/keys", request -> list()),
                        Route.post("/v1/cluster/keys", this::create),
                        new Route("DELETE", "/v1/cluster/keys/{id}", request -> revoke(request.param("id"))))
                .map(route -> new AppRoute(route, Access.OPERATOR))
                .toList();
    }

    private Answer list() {
        return Answer.json(HiveJson.list(keys.all().stream().map(KeysApi::json).toList()));
    }

    private Answer create(ApiRequest request) {
        Json wanted = read(request.json());
        names(wanted).stream()
                .filter(name -> !MEMBERS.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw invalid(unknown, "'%s' is not known here. A key has %s.".formatted(unknown, MEMBERS));
                });
        String name = wanted.get("name").asString().orElse("");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}") || name.equals("admin") || name.equals("loopback")) {
            throw invalid("name", "A key needs a name of letters, digits, dots, dashes, at signs and underscores.");
        }
        String kind = wanted.get("kind").asString().orElse("client");
        if (!kind.equals("client") && !kind.equals("admin")) {
            throw invalid("kind", "A key is of kind client or admin, not '%s'.".formatted(kind));
        }
        List<String> operations = strings(wanted, "operations");
        operations.stream()
                .filter(operation -> Operation.named(operation).isEmpty())
                .findFirst()
                .ifPresent(unknown -> {
                    throw invalid("operations", "'%s' is no operation.".formatted(unknown));
                });
        List<String> queues = strings(wanted, "queues");
        queues.stream().filter(queue -> !queue.matches(Queues.NAME)).findFirst().ifPresent(unfit -> {
            throw invalid(
                    "queues", "A queue is called by small letters, digits and dashes, not '%s'.".formatted(unfit));
        });
        KeyRing.Made made =
                keys.create(name, kind, new StoredKey.Scopes(strings(wanted, "models"), operations, queues));
        return Answer.json(201, json(made.stored()).put("key", made.secret()));
    }

    private Answer revoke(String id) {
        return Answer.json(json(keys.revoke(id)).put("revoked", true));
    }

    private static Json.Obj json(StoredKey key) {
        return Json.object()
                .put("id", key.id())
                .put("name", key.name())
                .put("kind", key.kind())
                .put("models", Json.strings(key.scopes().models()))
                .put("operations", Json.strings(key.scopes().operations()))
                .put("queues", Json.strings(key.scopes().queues()))
                .put("created_at", key.createdAt().toString())
                .put("revoked", key.revokedAt().isPresent());
    }

    private static List<String> strings(Json object, String member) {
        Json value = object.get(member);
        boolean absent = value.equals(Json.nothing());
        List<String> strings =
                value.items().stream().flatMap(item -> item.asString().stream()).toList();
        if (!absent
                && (!(value instanceof Json.Arr)
                        || strings.size() != value.items().size())) {
            throw invalid(member, "'%s' is a list of strings.".formatted(member));
        }
        return strings;
    }

    private static Set<String> names(Json json) {
        return json instanceof Json.Obj object ? object.members().keySet() : Set.of();
    }

    private static Json read(Body body) {
        if (body.length() > MAX_BYTES) {
            throw new GenieException(ErrorKind.TOO_LARGE, "The description of a key is at most 64 KiB.");
        }
        try (InputStream in = body.open()) {
            return Json.parse(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static GenieException invalid(String param, String message) {
        return new GenieException(new Problem(ErrorKind.INVALID_REQUEST, message).about(param));
    }
}
