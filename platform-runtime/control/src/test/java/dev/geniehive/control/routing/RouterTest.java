package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final RouteRequest QWEN = new RouteRequest(Operation.CHAT, "qwen");

    private final HeldHive held = new HeldHive();

    /** Orders by id, from the last to the first: an order that nothing else would make. */
    private record Backwards() implements RankingPolicy {
        @Override
        public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
            return candidates.stream()
                    .sorted(Comparator.comparing(Candidate::service).reversed())
                    .map(candidate -> new Ranked(candidate, 0))
                    .toList();
        }

        @Override
        public String explain(Candidate candidate) {
            return "backwards";
        }
    }

    /** Forgets all candidates but the last. */
    private record Forgetful() implements RankingPolicy {
        @Override
        public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
            return List.of(new Ranked(candidates.getLast(), 0));
        }

        @Override
        public String explain(Candidate candidate) {
            return "";
        }
    }

    /** Backwards, everybody twice, after an equal of the first one that nobody offered. */
    private record Inventive() implements RankingPolicy {
        @Override
        public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
            Candidate first = candidates.getFirst();
            List<Ranked> ranked = new ArrayList<>();
            ranked.add(new Ranked(new Candidate(first.service(), first.host(), first.asset(), first.signals()), 0));
            candidates.reversed().forEach(candidate -> {
                ranked.add(new Ranked(candidate, 0));
                ranked.add(new Ranked(candidate, 1));
            });
            return ranked;
        }

        @Override
        public String explain(Candidate candidate) {
            return "";
        }
    }

    @Test
    void whatIsLoadedComesBeforeWhatCanBeLoadedHoweverCheap() {
        held.has("box/cold", HeldHive.having(Asset.installed("qwen")), HeldHive.cost(0))
                .has("box/warm", HeldHive.serving("qwen"), HeldHive.cost(9));

        assertThat(services(decide(QWEN))).containsExactly("box/warm", "box/cold");
    }

    @Test
    void lowerCostComesFirstAndThePolicyOrdersEquals() {
        held.has("box/a", HeldHive.serving("qwen"), HeldHive.cost(1))
                .has("box/b", HeldHive.serving("qwen"), HeldHive.cost(1))
                .has("box/c", HeldHive.serving("qwen"), HeldHive.cost(2))
                .has("box/d", HeldHive.serving("qwen"), HeldHive.cost(0.5));

        assertThat(services(decide(QWEN))).containsExactly("box/d", "box/b", "box/a", "box/c");
    }

    @Test
    void aPolicyThatForgetsCandidatesLosesNone() {
        held.serves("box/a", "qwen").serves("box/b", "qwen").serves("box/c", "qwen");
        Router forgetful = new Router(RoutingRules.DEFAULTS, new Forgetful(), Set.of("openai"), () -> 0);

        assertThat(services(forgetful.decide(held.now(), QWEN, Need.NOTHING)))
                .containsExactly("box/c", "box/a", "box/b");
    }

    @Test
    void aPolicyThatRepeatsCandidatesAndMakesThemUpChangesNothingElse() {
        for (int i = 10; i < 40; i++) {
            held.has("box/" + i, HeldHive.having(Asset.loaded("qwen"), Asset.loaded("phi")), Terms.NONE);
        }
        Router inventive = new Router(RoutingRules.DEFAULTS, new Inventive(), Set.of("openai"), () -> 0);

        List<String> services = services(inventive.decide(held.now(), QWEN, Need.NOTHING));

        assertThat(services)
                .hasSize(30)
                .doesNotHaveDuplicates()
                .startsWith("box/39", "box/38")
                .endsWith("box/10");
    }

    @Test
    void measuresWhatThePolicyGetsToSee() {
        held.has("box/a", HeldHive.slots(HeldHive.serving("qwen"), 4, 3), HeldHive.cost(2));
        held.service("box/a").gauge().tryTake(OptionalInt.empty());
        held.service("box/a")
                .gauge()
                .performance("qwen")
                .firstToken(Duration.ofMillis(120).toNanos());
        held.away("box", 3).sweep();

        Signals signals = decide(QWEN).eligible().getFirst().candidate().signals();

        assertThat(signals)
                .isEqualTo(new Signals(
                        true,
                        ServiceHealth.HEALTHY,
                        3,
                        OptionalInt.of(4),
                        OptionalInt.empty(),
                        0,
                        2,
                        120,
                        0.5,
                        120,
                        0,
                        3,
                        OptionalDouble.empty(),
                        0,
                        false,
                        0));
    }

    @Test
    void saysThatNobodyHasTheName() {
        Problem refusal = refusal(QWEN);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(refusal.code()).isEqualTo("model_not_found");
        assertThat(refusal.param()).contains("model");
        assertThat(refusal.message())
                .isEqualTo("Nothing in the hive is called 'qwen'. GET /v1/models lists what can be asked for.");
        assertThat(decide(QWEN).match()).isEqualTo(Decision.Match.NONE);
    }

    @Test
    void saysWhichServicesAreUnhealthyRatherThanThatNothingExists() {
        held.has(
                "box/a",
                HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNREACHABLE, "it is off"),
                Terms.NONE);

        Problem refusal = refusal(QWEN);

        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refusal.code()).isEqualTo("no_healthy_service");
        assertThat(refusal.message())
                .isEqualTo("'qwen' is served by box/a, and none of them is healthy: box/a is unreachable: it is off.");
        assertThat(refusal.retryAfter()).isPresent();
    }

    @Test
    void saysToComeBackAfterAsLongAsItHasBeenUnwellAlready() {
        held.has("box/a", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNHEALTHY, ""), Terms.NONE);

        assertThat(refusal(QWEN).retryAfter()).contains(Duration.ofSeconds(2));
        held.after(Duration.ofSeconds(20));
        assertThat(refusal(QWEN).retryAfter()).contains(Duration.ofSeconds(20));
        held.has("box/b", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNREACHABLE, ""), Terms.NONE);
        held.after(Duration.ofSeconds(5));
        assertThat(refusal(QWEN).retryAfter()).as("the first of them").contains(Duration.ofSeconds(5));
        held.after(Duration.ofHours(1));
        assertThat(refusal(QWEN).retryAfter()).contains(Duration.ofMinutes(1));
    }

    @Test
    void saysWhenAModelWillProbablyBeLoadedByHowLongItTookLastTime() {
        held.has("box/a", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.LOADING, ""), Terms.NONE)
                .after(Duration.ofSeconds(10));
        assertThat(refusal(QWEN).retryAfter()).as("as long again").contains(Duration.ofSeconds(10));

        held.service("box/a")
                .gauge()
                .performance("qwen")
                .loaded(Duration.ofSeconds(40).toNanos());

        assertThat(refusal(QWEN).retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(32));
        held.after(Duration.ofSeconds(50));
        assertThat(refusal(QWEN).retryAfter()).as("overdue").contains(Duration.ofSeconds(2));
    }

    @Test
    void callsOnlyThoseUnhealthyThatAre() {
        held.has("box/sick", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNHEALTHY, ""), Terms.NONE)
                .has(
                        "box/well",
                        HeldHive.having(Asset.loaded("qwen").offering(Set.of(Operation.EMBEDDING))),
                        Terms.NONE);

        assertThat(refusal(QWEN).message())
                .isEqualTo("'qwen' is served by box/sick, and none of them is healthy: box/sick is unhealthy.");
    }

    @Test
    void saysThatAModelIsStillLoading() {
        held.has("box/a", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.LOADING, "80 %"), Terms.NONE);

        assertThat(refusal(QWEN).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refusal(QWEN).code()).isEqualTo("loading");
        assertThat(refusal(QWEN).retryAfter()).isPresent();
    }

    @Test
    void saysThatAModelCannotDoTheOperation() {
        held.has("box/a", HeldHive.having(Asset.loaded("qwen")), Terms.NONE);

        Problem refusal = refusal(new RouteRequest(Operation.EMBEDDING, "qwen"));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(refusal.code()).isEqualTo("unsupported_operation");
        assertThat(refusal.message()).contains("box/a does not offer embedding for qwen");
    }

    @Test
    void saysHowMuchContextIsMissing() {
        held.has("box/a", HeldHive.having(Asset.loaded("qwen").context(8192)), Terms.NONE);

        Decision decision = router().decide(held.now(), QWEN, new Need(16384));

        assertThat(drops(decision)).containsExactly("context: needs 16384 tokens of context, has 8192: 8192 too few");
        assertThat(decision.refusal().orElseThrow().code()).isEqualTo("context_length_exceeded");
        assertThat(decision.refusal().orElseThrow().kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    }

    @Test
    void aContextThatNobodySaysIsEnough() {
        held.serves("box/a", "qwen");

        assertThat(services(router().decide(held.now(), QWEN, new Need(16384)))).containsExactly("box/a");
    }

    @Test
    void anImageGoesOnlyToWhoSaysItSeesOrSaysNothing() {
        held.has("box/blind", HeldHive.having(Asset.loaded("qwen").able(Set.of(Ability.TOOLS))), Terms.NONE)
                .has("box/sees", HeldHive.having(Asset.loaded("qwen").able(Set.of(Ability.IMAGES))), Terms.NONE)
                .has("box/silent", HeldHive.having(Asset.loaded("qwen")), Terms.NONE);

        Decision decision = decide(withImage("qwen"));

        assertThat(services(decision)).containsExactly("box/silent", "box/sees");
        assertThat(drops(decision)).containsExactly("ability: cannot do images");
    }

    @Test
    void saysWhichAdapterIsMissing() {
        held.serves("box/a", "qwen");
        Router bare = new Router(RoutingRules.DEFAULTS, new Backwards(), Set.of(), () -> 0);

        Decision decision = bare.decide(held.now(), QWEN, Need.NOTHING);

        assertThat(drops(decision)).containsExactly("adapter: needs the adapter 'openai', which is not here");
        assertThat(decision.refusal().orElseThrow().kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void loadsNothingWhereLoadingIsOff() {
        held.has("box/a", HeldHive.having(Asset.installed("qwen")), Terms.NONE);
        RoutingRules never = RoutingRules.from(FakeConfig.of(Map.of("load", "never")));

        Decision decision =
                new Router(never, new Backwards(), Set.of("openai"), () -> 0).decide(held.now(), QWEN, Need.NOTHING);

        assertThat(drops(decision)).containsExactly("load: has it on disk, and routing.load is never");
        assertThat(decision.refusal().orElseThrow().kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void understandsAliasesAndImpliedNames() {
        held.has("box/a", HeldHive.serving("llama3:latest"), HeldHive.alias("fast", "llama3:latest"));

        assertThat(decide(new RouteRequest(Operation.CHAT, "fast")).match()).isEqualTo(Decision.Match.ALIAS);
        Decision implied = decide(new RouteRequest(Operation.CHAT, "llama3"));
        assertThat(implied.match()).isEqualTo(Decision.Match.ASSET);
        assertThat(implied.eligible().getFirst().offer().asset().id()).isEqualTo("llama3:latest");
    }

    @Test
    void whatALostHostServedIsKnownAndUnavailable() {
        held.serves("box/a", "qwen").after(HeldHive.LOST_AFTER.plusSeconds(1)).sweep();

        assertThat(drops(decide(QWEN))).containsExactly("lost: is on box, which is lost");
        assertThat(decide(QWEN).match()).isEqualTo(Decision.Match.ASSET);
        assertThat(refusal(QWEN).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refusal(QWEN).code()).isEqualTo("no_healthy_service");
        assertThat(refusal(QWEN).message()).startsWith("'qwen' is served by box/a, which is lost.");
        assertThat(refusal(QWEN).retryAfter()).isPresent();
    }

    @Test
    void aDrainingHostGetsNoNewRequestsAndOthersDo() {
        held.serves("box/a", "qwen").serves("attic/b", "qwen");
        held.hive().drain("box", true);

        assertThat(services(decide(QWEN))).containsExactly("attic/b");
        assertThat(drops(decide(QWEN)))
                .containsExactly("draining: is on box, which is draining and takes no new requests");

        held.hive().drain("attic", true);
        assertThat(refusal(QWEN).message()).startsWith("'qwen' is served by attic/b, box/a, which are draining.");
        assertThat(refusal(QWEN).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void explainsItselfInOneSentence() {
        held.serves("box/a", "qwen")
                .has("box/b", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNHEALTHY, ""), Terms.NONE);
        Decision decision = decide(QWEN);

        assertThat(decision.reason())
                .isEqualTo("'qwen' is the asset qwen on box/a, loaded; 1 of 2 services that have it may serve it.");
        assertThat(decision.why(decision.eligible().getFirst())).isEqualTo("asset; loaded; 1 of 1 eligible, 1 dropped");
    }

    private Decision decide(RouteRequest request) {
        return router().decide(held.now(), request, Need.NOTHING);
    }

    private static Router router() {
        return new Router(RoutingRules.DEFAULTS, new Backwards(), Set.of("openai"), () -> 0.5);
    }

    private Problem refusal(RouteRequest request) {
        return decide(request).refusal().orElseThrow();
    }

    private static List<String> services(Decision decision) {
        return decision.eligible().stream()
                .map(eligible -> eligible.offer().service().id())
                .toList();
    }

    private static List<String> drops(Decision decision) {
        return decision.dropped().stream()
                .map(drop -> drop.by().wireName() + ": " + drop.reason().get())
                .toList();
    }

    private static RouteRequest withImage(String model) {
        return new RouteRequest(
                Operation.CHAT,
                model,
                new BodyFacts(
                        model, false, false, false, true, false, false, OptionalLong.empty(), 0, OptionalInt.empty()));
    }
}
