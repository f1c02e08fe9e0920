package dev.geniehive.control.routing;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.Sections;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.hive.performance.Trails;
import dev.geniehive.control.roles.Role;
import dev.geniehive.control.roles.RoleBook;
import dev.geniehive.control.roles.RoleJson;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.body.RequestBody;
import dev.geniehive.kernel.config.Units;
import dev.geniehive.plugin.ranking.RankingPlugin;
import dev.geniehive.testkit.FakeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One line of the corpus of routing cases: a fleet, a request, and what has to be decided. The README beside the corpus
 * tells the members.
 *
 * @param where file and line
 * @param json the line
 */
record RoutingCase(String where, Json.Obj json) {
    /** The key of the client whose requests are decided. */
    static final String CLIENT = "client";

    private static final Set<String> MEMBERS = Set.of(
            "case",
            "hosts",
            "services",
            "roles",
            "routing",
            "queues",
            "operation",
            "min_context",
            "bound",
            "overflowing",
            "session",
            "after",
            "request",
            "expect");

    static RoutingCase of(String where, String line) {
        Json parsed = Json.parse(line.getBytes(StandardCharsets.UTF_8));
        if (!(parsed instanceof Json.Obj json)) {
            throw new IllegalArgumentException(where + ": a case is a JSON object");
        }
        known(where, json, MEMBERS);
        return new RoutingCase(where, json);
    }

    /** Refuses members that nobody knows: a misspelled one would test nothing. */
    static void known(String where, Json json, Set<String> members) {
        if (json instanceof Json.Obj object
                && !members.containsAll(object.members().keySet())) {
            throw new IllegalArgumentException(
                    "%s: has %s, known are %s".formatted(where, object.members().keySet(), members));
        }
    }

    /**
     * What came out.
     *
     * @param decision who gets the request
     * @param sent the body as the first of them would get it; empty if nobody does
     */
    record Outcome(Decision decision, String sent) {}

    Outcome outcome(Bodies bodies) throws IOException {
        CaseFleet fleet = CaseFleet.of(where, json.get("hosts"), json.get("services"));
        try (RequestBody body = bodies.json((Json.Obj) json.get("request"))) {
            RouteRequest request = new RouteRequest(operation(), body.facts().model(), body.facts());
            Need need = new Need((int) json.get("min_context").asLong().orElse(0)).with(claim());
            Trails trails = new Trails(new Random(1));
            fleet.had(json.get("services"), trails);
            json.get("after").asString().map(Units::duration).ifPresent(fleet::after);
            Trail trail = trails.of(CLIENT, json.get("session").asString().orElse(""), body::open);
            Decision decision = router().decide(fleet.now(), request, need, trail);
            return new Outcome(decision, sent(decision, body));
        }
    }

    private Claim claim() {
        List<String> queues = json.get("bound").items().stream()
                .map(name -> name.asString().orElseThrow())
                .toList();
        return new Claim(queues, json.get("overflowing").asBoolean().orElse(false));
    }

    /** {@return what is wrong with the roles, a sentence each; nothing if they would be taken} */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        List<Role> read = new ArrayList<>();
        members(json.get("roles")).forEach((name, definition) -> {
            try {
                read.add(RoleJson.read(name, definition));
            } catch (GenieException refused) {
                faults.add(refused.getMessage());
            }
        });
        RoleBook book = RoleBook.of(read);
        read.forEach(role -> faults.addAll(book.faults(role)));
        return faults;
    }

    /** {@return the name of the ranking policy that decides where no role says otherwise} */
    String ranking() {
        return RoutingRules.from(view("routing")).ranking();
    }

    private static String sent(Decision decision, Body body) throws IOException {
        if (decision.eligible().isEmpty()) {
            return "";
        }
        String asset = decision.eligible().getFirst().offer().asset().id();
        try (InputStream in = decision.filling().into(body).withModel(asset).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Operation operation() {
        return Operation.named(json.get("operation").asString().orElse("chat")).orElseThrow();
    }

    private Router router() {
        RoutingRules rules = RoutingRules.from(view("routing"), view("queues"));
        return new Router(
                rules,
                policy(rules.ranking()),
                Set.of("openai"),
                () -> 0.5,
                new Stage(RoleBook.of(roles()), RoutingCase::policy));
    }

    /** {@return a member as a section of the configuration} */
    private ConfigView view(String member) {
        return Sections.of(json.get(member));
    }

    private static Map<String, Json> members(Json json) {
        return json instanceof Json.Obj object ? object.members() : Map.of();
    }

    private List<Role> roles() {
        List<Role> roles = new ArrayList<>();
        members(json.get("roles")).forEach((name, definition) -> roles.add(RoleJson.read(name, definition)));
        return roles;
    }

    /** {@return the policy of that name that comes with GenieHive} */
    @SuppressWarnings("unchecked") // the plugin offers ranking policies only
    private static RankingPolicy policy(String name) {
        for (Extension<?, ?> extension : new RankingPlugin().extensions()) {
            if (extension.name().equals(name)) {
                ExtensionContext context = FakeConfig::empty;
                return ((Extension<RankingPolicy, ExtensionContext>) extension)
                        .create()
                        .apply(context);
            }
        }
        throw new IllegalArgumentException("no ranking policy is called " + name);
    }

    @Override
    public String toString() {
        return where + " " + json.get("case").asString().orElse("has no name");
    }
}
