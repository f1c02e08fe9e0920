package dev.geniehive.kernel.access;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Problem;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.config.AccessConfig;
import java.util.Optional;

/**
 * Decides whether a request may use a route.
 *
 * <p>Operator and node routes always need a key. Client routes need one where {@code access.require-keys} says so, and
 * otherwise from everybody but a program on this machine. Clients that cannot go without a key send a made-up one: where
 * none is needed it is as good as none, unless it looks like one of ours, which was revoked or mistyped.
 *
 * @param config who must show a key
 * @param keys whose keys there are
 */
public record AccessRules(AccessConfig config, Keys keys) {
    /** What every key begins with that GenieHive made. */
    private static final String OUR_PREFIX = "gh-";

    /** What every token begins with that lets a node in. */
    private static final String TOKEN_PREFIX = OUR_PREFIX + "join-";

    private static final String HOW = "Send a key as 'Authorization: Bearer KEY' or 'x-api-key: KEY'.";

    /** {@return who asks, or why not} */
    public Verdict decide(RequestFacts facts, Access needed) {
        if (needed == Access.PUBLIC) {
            return new Verdict.Allowed(Principal.ANYBODY);
        }
        return switch (Credentials.of(facts.headers())) {
            case Credentials.Malformed malformed -> unauthorized("malformed_api_key", malformed.why());
            case Credentials.Key key -> withKey(key, facts, needed);
            case Credentials.None _ -> withoutKey(facts, needed);
        };
    }

    private Verdict withKey(Credentials.Key key, RequestFacts facts, Access needed) {
        Principal principal = keys.find(KeyHash.of(key.value())).orElse(null);
        if (principal == null) {
            if (needed == Access.CLIENT && !keysRequired(facts) && !key.value().startsWith(OUR_PREFIX)) {
                return withoutKey(facts, needed);
            }
            return key.value().startsWith(TOKEN_PREFIX)
                    ? unauthorized(
                            "invalid_join_token",
                            "The token that was sent is none, or has expired. Make one with 'geniehive node invite'.")
                    : unauthorized("invalid_api_key", "Nobody has the key that was sent. See 'geniehive keys'.");
        }
        if (!mayUse(principal.kind(), needed)) {
            return new Verdict.Refused(new Problem(
                    ErrorKind.FORBIDDEN,
                    "The key '%s' is %s; this needs %s.%s"
                            .formatted(
                                    name(principal),
                                    word(principal.kind()),
                                    wanted(needed),
                                    needed == Access.JOIN ? " Make a token with 'geniehive node invite'." : "")));
        }
        return new Verdict.Allowed(principal);
    }

    private Verdict withoutKey(RequestFacts facts, Access needed) {
        if (needed != Access.CLIENT) {
            return unauthorized("missing_api_key", "This needs %s. %s".formatted(wanted(needed), HOW));
        }
        if (keysRequired(facts)) {
            return unauthorized("missing_api_key", "A key is required here. " + HOW);
        }
        Optional<String> objection = Keyless.objection(facts);
        return objection.isPresent()
                ? unauthorized(
                        "missing_api_key",
                        "Only requests of this machine itself may come without a key, and %s. %s"
                                .formatted(objection.get(), HOW))
                : new Verdict.Allowed(Principal.LOOPBACK);
    }

    private boolean keysRequired(RequestFacts facts) {
        return switch (config.requireKeys()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> !facts.boundToLoopbackOnly();
        };
    }

    private static boolean mayUse(Principal.Kind kind, Access needed) {
        return switch (kind) {
            case ADMIN -> needed != Access.NODE && needed != Access.JOIN;
            case CLIENT -> needed == Access.CLIENT;
            case NODE -> needed == Access.NODE || needed == Access.JOIN;
            case JOINING -> needed == Access.JOIN;
            case ANONYMOUS_LOOPBACK, ANYBODY -> false;
        };
    }

    /** The name of a token is of no use to anybody. */
    private static String name(Principal principal) {
        return principal.kind() == Principal.Kind.JOINING ? "gh-join-…" : principal.id();
    }

    private static String word(Principal.Kind kind) {
        return switch (kind) {
            case ADMIN -> "the operator's";
            case CLIENT -> "a client's";
            case NODE -> "a node's";
            case JOINING -> "a token that lets a node in";
            case ANONYMOUS_LOOPBACK, ANYBODY -> "nobody's";
        };
    }

    private static String wanted(Access needed) {
        return switch (needed) {
            case OPERATOR -> "the operator's key";
            case NODE -> "a node's key";
            case JOIN -> "a node's token or key";
            case CLIENT, PUBLIC -> "a client's key";
        };
    }

    private static Verdict unauthorized(String code, String message) {
        return new Verdict.Refused(new Problem(ErrorKind.UNAUTHORIZED, code, message));
    }
}
