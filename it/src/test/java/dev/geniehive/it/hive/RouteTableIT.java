package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route, with every kind of key. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableIT {
    private static final Pattern DOCUMENTED =
            Pattern.compile("(?:/v1/[a-z{][A-Za-z0-9_/{}.-]*|/livez|/readyz|/health|/metrics)(?![A-Za-z0-9_/{}.…-])");

    private final Control control;
    private final Map<Key, String> keys = new EnumMap<>(Key.class);

    /** What somebody may show. */
    enum Key {
        NONE,
        MADE_UP,
        REVOKED,
        CLIENT,
        NODE,
        JOIN_TOKEN,
        USED_TOKEN,
        ADMIN
    }

    /** Whom a route is for. */
    enum For {
        EVERYBODY(Set.of(Key.values())),
        CLIENTS(Set.of(Key.CLIENT, Key.ADMIN)),
        OPERATORS(Set.of(Key.ADMIN)),
        NODES(Set.of(Key.NODE)),
        WHO_JOINS(Set.of(Key.NODE, Key.JOIN_TOKEN)),
        /** A used token, too: whether it is the same node again that did not hear the answer is seen by what it says. */
        WHO_REGISTERS(Set.of(Key.NODE, Key.JOIN_TOKEN, Key.USED_TOKEN));

        @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
        private final Set<Key> letIn;

        For(Set<Key> letIn) {
            this.letIn = letIn;
        }
    }

    /** A request that does no harm, about what nobody has. */
    record Route(String method, String path, For whom) {
        /** {@return whether it is that path, whatever stands there in the place of a name} */
        boolean is(String documented) {
            return documented.matches(path.replaceAll("\\?.*", "").replaceAll("/(nobody|nothing)", "/[^/]+"));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final List<Route> ROUTES = List.of(
            new Route("GET", "/livez", For.EVERYBODY),
            new Route("GET", "/readyz", For.EVERYBODY),
            new Route("GET", "/readyz?verbose", For.EVERYBODY),
            new Route("GET", "/health", For.EVERYBODY),
            new Route("GET", "/metrics", For.CLIENTS),
            new Route("GET", "/v1/models", For.CLIENTS),
            new Route("GET", "/v1/models/nobody", For.CLIENTS),
            new Route("POST", "/v1/chat/completions", For.CLIENTS),
            new Route("POST", "/v1/completions", For.CLIENTS),
            new Route("POST", "/v1/embeddings", For.CLIENTS),
            new Route("POST", "/v1/rerank", For.CLIENTS),
            new Route("POST", "/v2/rerank", For.CLIENTS),
            new Route("POST", "/v1/audio/transcriptions", For.CLIENTS),
            new Route("POST", "/v1/audio/translations", For.CLIENTS),
            new Route("GET", "/v1/cluster/hosts", For.OPERATORS),
            new Route("GET", "/v1/cluster/hosts/nobody", For.OPERATORS),
            new Route("POST", "/v1/cluster/hosts/nobody/drain", For.OPERATORS),
            new Route("POST", "/v1/cluster/hosts/nobody/resume", For.OPERATORS),
            new Route("POST", "/v1/cluster/hosts/nobody/remove", For.OPERATORS),
            new Route("GET", "/v1/cluster/services", For.OPERATORS),
            new Route("GET", "/v1/cluster/services/nobody/nothing", For.OPERATORS),
            new Route("GET", "/v1/cluster/health", For.OPERATORS),
            new Route("GET", "/v1/cluster/routes/resolve?model=nobody", For.OPERATORS),
            new Route("POST", "/v1/cluster/routes/match", For.OPERATORS),
            new Route("GET", "/v1/cluster/roles", For.OPERATORS),
            new Route("GET", "/v1/cluster/roles/nobody", For.OPERATORS),
            new Route("PUT", "/v1/cluster/roles/nobody", For.OPERATORS),
            new Route("DELETE", "/v1/cluster/roles/nobody", For.OPERATORS),
            new Route("GET", "/v1/cluster/plugins", For.OPERATORS),
            new Route("GET", "/v1/cluster/queues", For.OPERATORS),
            new Route("GET", "/v1/cluster/keys", For.OPERATORS),
            new Route("POST", "/v1/cluster/keys", For.OPERATORS),
            new Route("DELETE", "/v1/cluster/keys/nobody", For.OPERATORS),
            new Route("GET", "/v1/cluster/events", For.OPERATORS),
            new Route("GET", "/v1/node/inventory?node=nobody", For.OPERATORS),
            new Route("POST", "/v1/node/services/refresh?node=nobody", For.OPERATORS),
            new Route("POST", "/v1/cluster/nodes/invite", For.OPERATORS),
            new Route("POST", "/v1/nodes/register", For.WHO_REGISTERS),
            new Route("GET", "/v1/nodes/token", For.WHO_JOINS),
            new Route("POST", "/v1/nodes/heartbeat", For.NODES),
            new Route("GET", "/v1/nodes/link", For.NODES));

    RouteTableIT(@TempDir Path folder) {
        control = Control.start(
                Distribution.unpackTo(folder.resolve("unpacked")),
                folder.resolve("control"),
                "access: { require-keys: true }\n");
    }

    @BeforeAll
    void makeKeys() throws IOException {
        keys.put(Key.NONE, "");
        keys.put(Key.MADE_UP, "gh-client-made-up-0123456789abcdef");
        keys.put(Key.CLIENT, made("client"));
        keys.put(Key.REVOKED, made("revoked"));
        assertThat(ask("DELETE", "/v1/cluster/keys/revoked", Hive.ADMIN_KEY).status())
                .isEqualTo(200);
        String token = control.invite();
        keys.put(Key.NODE, PretendedNode.join(control.port(), "node", token).key());
        keys.put(Key.USED_TOKEN, token);
        keys.put(Key.JOIN_TOKEN, control.invite());
        keys.put(Key.ADMIN, Hive.ADMIN_KEY);
    }

    @AfterAll
    void stop() {
        control.close();
    }

    static Stream<Arguments> all() {
        return ROUTES.stream().flatMap(route -> Stream.of(Key.values()).map(key -> Arguments.of(route, key)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void letsInWhoShallAndNobodyElse(Route route, Key key) throws IOException {
        Reply reply = ask(route.method(), route.path(), Objects.requireNonNull(keys.get(key)));

        if (route.whom().letIn.contains(key)) {
            assertThat(reply.status()).as(reply.text()).isNotIn(401, 403, 405).isLessThan(500);
        } else {
            reply.error();
            switch (key) {
                case NONE, MADE_UP, REVOKED ->
                    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
                case CLIENT, NODE -> assertThat(reply.status()).as(reply.text()).isEqualTo(403);
                default -> assertThat(reply.status()).as(reply.text()).isIn(401, 403);
            }
        }
        assertThat(reply.text()).doesNotContain(Objects.requireNonNull(keys.get(Key.ADMIN)));
    }

    @Test
    void knowsEveryRouteThatIsDocumented() throws IOException {
        Path checkout = Path.of(Objects.requireNonNull(System.getProperty("geniehive.checkout")));
        Set<String> documented = new TreeSet<>();
        Matcher matcher = DOCUMENTED.matcher(Files.readString(checkout.resolve("docs/api.md")));
        while (matcher.find()) {
            documented.add(matcher.group());
        }

        assertThat(documented).hasSizeGreaterThan(15);
        assertThat(documented.stream()
                        .filter(path -> ROUTES.stream().noneMatch(route -> route.is(path)))
                        .collect(Collectors.toSet()))
                .as("documented routes that this table does not have")
                .isEmpty();
    }

    private String made(String name) throws IOException {
        Reply reply = Reply.post(
                control,
                "/v1/cluster/keys",
                "{\"name\": \"%s\"}".formatted(name),
                "Authorization: Bearer " + Hive.ADMIN_KEY);
        return reply.json().get("key").asText();
    }

    private Reply ask(String method, String path, String key) throws IOException {
        String[] headers = key.isEmpty() ? new String[0] : new String[] {"Authorization: Bearer " + key};
        try (RawClient client = RawClient.connect(control.port())) {
            client.request(method, path, method.equals("POST") ? "{}" : "", headers);
            RawClient.Head head = client.head();
            boolean endless = head.header("content-type").orElse("").startsWith("text/event-stream");
            return new Reply(head, endless ? "" : client.text());
        }
    }
}
