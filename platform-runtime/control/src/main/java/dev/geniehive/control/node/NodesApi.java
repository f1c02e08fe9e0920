package dev.geniehive.control.node;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.control.access.JoinTokens;
import dev.geniehive.control.access.NodeKeys;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import dev.geniehive.store.StoredToken;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes under {@code /v1/nodes}. */
public final class NodesApi {
    private final Registrar registrar;
    private final Hive hive;
    private final JoinTokens tokens;
    private final Supplier<URI> address;

    /** @param address where this process listens, once it does */
    public NodesApi(Registrar registrar, Hive hive, JoinTokens tokens, Supplier<URI> address) {
        this.registrar = registrar;
        this.hive = hive;
        this.tokens = tokens;
        this.address = address;
    }

    /** {@return what is answered here: to nodes, and to the operator who invites them} */
    public List<AppRoute> routes() {
        return List.of(
                new AppRoute(Route.post("/v1/nodes/register", this::register), Access.JOIN),
                new AppRoute(Route.get("/v1/nodes/token", this::token), Access.JOIN),
                new AppRoute(Route.post("/v1/nodes/heartbeat", this::heartbeat), Access.NODE),
                new AppRoute(Route.post("/v1/cluster/nodes/invite", this::invite), Access.OPERATOR));
    }

    private Answer register(ApiRequest request) {
        Registration registration = ProtocolJson.registration(Bodies.json(request));
        String caller = request.caller().principal();
        Optional<String> node = NodeKeys.nodeOf(caller);
        return Answer.json(ProtocolJson.of(
                node.isPresent()
                        ? registrar.back(node.get(), registration)
                        : registrar.join(JoinTokens.hashOf(caller).orElse(""), registration)));
    }

    private Answer token(ApiRequest request) {
        String caller = request.caller().principal();
        if (NodeKeys.nodeOf(caller).isPresent()) {
            return Answer.json(Json.object().put("valid", true).put("kind", "node"));
        }
        StoredToken token = JoinTokens.hashOf(caller)
                .flatMap(tokens::token)
                .filter(known -> known.usedBy().isEmpty())
                .orElseThrow(() -> new GenieException(
                        ErrorKind.UNAUTHORIZED,
                        "invalid_join_token",
                        "The token has been used, or has expired. Make one with 'geniehive node invite'."));
        return Answer.json(Json.object()
                .put("valid", true)
                .put("kind", "token")
                .put("expires_at", token.expiresAt().toString()));
    }

    private Answer heartbeat(ApiRequest request) {
        Heartbeat heartbeat = ProtocolJson.heartbeat(Bodies.json(request));
        String own = NodeKeys.nodeOf(request.caller().principal()).orElse("");
        if (!heartbeat.nodeId().equals(own)) {
            throw new GenieException(new Problem(
                            ErrorKind.FORBIDDEN,
                            "The key is of the node '%s', and the heartbeat of '%s'."
                                    .formatted(own, heartbeat.nodeId()))
                    .about("node_id"));
        }
        return Answer.json(ProtocolJson.of(hive.report(heartbeat)));
    }

    private Answer invite(ApiRequest request) {
        Optional<String> given = request.query("url")
                .or(() -> Bodies.jsonIfAny(request).get("url").asString());
        Invitation invitation = given.map(NodesApi::checked)
                .map(url -> new Invitation(url, Optional.empty()))
                .orElseGet(() -> Invitation.of(address.get(), request.headers().first("host"), OwnAddress::find));
        JoinTokens.Made token = tokens.create();
        return Answer.json(Json.object()
                .put("token", token.secret())
                .put("expires_at", token.expiresAt().toString())
                .put("url", invitation.url())
                .put("command", "geniehive agent --join %s --token %s".formatted(invitation.url(), token.secret()))
                .putIfPresent("warning", invitation.warning()));
    }

    /** It stands in a line that people paste into a shell. */
    private static String checked(String url) {
        String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!bare.matches("https?://[A-Za-z0-9._:\\[\\]-]{1,255}(/[A-Za-z0-9._/~-]{0,255})?")) {
            throw new GenieException(new Problem(
                            ErrorKind.INVALID_REQUEST,
                            "'url' must be an address like http://control.lan:7833, was '%s'.".formatted(url))
                    .about("url"));
        }
        return bare;
    }
}
