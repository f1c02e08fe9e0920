package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.roles.Role;
import dev.geniehive.control.roles.RoleBook;
import dev.geniehive.control.roles.RoleJson;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which services a request may use because of the queue that it waits in. */
class QueuesInRouterTest {
    private static final RouteRequest QWEN = new RouteRequest(Operation.CHAT, "qwen");
    private static final Terms OVERFLOW = new Terms(Map.of(), 0, 0, OptionalInt.empty(), "overflow");

    private final HeldHive held = new HeldHive();

    @Test
    void aMachineServesTheQueuesThatItSaysAndNoOthers() {
        held.serves("box/a", "qwen")
                .has("gandalf/b", HeldHive.serving("qwen"), Terms.NONE.serving(List.of("review")))
                .has("both/c", HeldHive.serving("qwen"), Terms.NONE.serving(List.of("review", "shared")));

        assertThat(services(decide(Map.of(), List.of()))).containsExactly("both/c", "box/a");
        Decision review = decide(Map.of(), List.of("review"));
        assertThat(services(review)).containsExactly("both/c", "gandalf/b");
        assertThat(review.queue().name()).isEqualTo("review");
        assertThat(review.dropped()).singleElement().satisfies(dropped -> {
            assertThat(dropped.by()).isEqualTo(Drop.QUEUE);
            assertThat(dropped.reason().get()).isEqualTo("is on box, which does not serve the queue 'review'");
        });
    }

    @Test
    void aQueueCanNameItsMachinesAndOneThatNobodyWasGivenIsServedByTheSharedOnes() {
        held.serves("box/a", "qwen")
                .serves("gandalf/b", "qwen")
                .has("night/c", HeldHive.serving("qwen"), Terms.NONE.serving(List.of("night")));

        assertThat(services(decide(Map.of("review", Map.of("hosts", List.of("gandalf"))), List.of("review"))))
                .containsExactly("gandalf/b");
        assertThat(services(decide(Map.of(), List.of("review")))).containsExactly("box/a", "gandalf/b");
    }

    @Test
    void aMachineThatIsLostStillOwnsItsQueue() {
        held.has("gandalf/b", HeldHive.serving("qwen"), Terms.NONE.serving(List.of("review")))
                .after(HeldHive.LOST_AFTER.plusSeconds(1))
                .sweep();
        held.serves("box/a", "qwen");

        Decision decision = decide(Map.of(), List.of("review"));

        assertThat(decision.eligible()).isEmpty();
        assertThat(decision.refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(problem.message()).contains("gandalf/b", "lost");
        });
    }

    @Test
    void refusesWhereNoMachineOfTheQueueHasIt() {
        held.serves("box/a", "qwen").has("gandalf/b", HeldHive.serving("phi"), Terms.NONE.serving(List.of("review")));

        assertThat(decide(Map.of(), List.of("review")).refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(problem.message()).contains("does not serve the queue 'review'");
        });
    }

    @Test
    void aKeyWaitsInTheQueueOfARoleOrInItsOwnFirstOne() {
        assertThat(Claim.FREE.queue(Optional.empty())).isEqualTo("shared");
        assertThat(Claim.FREE.queue(Optional.of("review"))).isEqualTo("review");
        Claim bound = new Claim(List.of("night", "review"), false);
        assertThat(bound.queue(Optional.empty())).isEqualTo("night");
        assertThat(bound.queue(Optional.of("review"))).isEqualTo("review");
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> bound.queue(Optional.of("shared")))
                .withMessage("This waits in the queue 'shared', and the key is bound to night, review.")
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.FORBIDDEN));
    }

    @Test
    void whatIsForOverflowIsUsedByWhoMayOverflowOnlyAndForTheSameWeightsOnly() {
        held.has("box/a", HeldHive.having(asset("qwen", "Q4")), Terms.NONE)
                .has("cloud/same", HeldHive.having(asset("qwen", "Q4")), OVERFLOW)
                .has("cloud/other", HeldHive.having(asset("qwen", "Q8")), OVERFLOW)
                .has("cloud/unknown", HeldHive.having(asset("qwen", "")), OVERFLOW);

        assertThat(services(decide(Map.of(), List.of()))).containsExactly("box/a");
        Decision overflowing = decide(new Claim(List.of(), true), Map.of());
        assertThat(services(overflowing)).containsExactly("box/a", "cloud/same");
        assertThat(overflowing.why(overflowing.eligible().getLast())).startsWith("asset; overflow; loaded");
        assertThat(overflowing.dropped())
                .hasSize(2)
                .allSatisfy(dropped -> assertThat(dropped.by()).isEqualTo(Drop.IDENTITY));
    }

    @Test
    void whatNobodyKnowsTheQuantisationOfDoesNotStandIn() {
        held.has("box/a", HeldHive.having(asset("qwen", "")), Terms.NONE)
                .has("cloud/unknown", HeldHive.having(asset("qwen", "")), OVERFLOW);

        Decision overflowing = decide(new Claim(List.of(), true), Map.of());

        assertThat(services(overflowing)).containsExactly("box/a");
        assertThat(overflowing.dropped()).singleElement().satisfies(dropped -> {
            assertThat(dropped.by()).isEqualTo(Drop.EXPOSURE);
            assertThat(dropped.reason().get()).contains("same weights at the same quantisation");
        });
    }

    @Test
    void nothingOverflowsWhereNothingElseServes() {
        held.has("cloud/same", HeldHive.having(asset("qwen", "Q4")), OVERFLOW);

        assertThat(decide(new Claim(List.of(), true), Map.of()).eligible()).isEmpty();
        assertThat(catalogue().models(new Caller("anybody", "r1"))).isEmpty();
    }

    @Test
    void aKeySeesTheModelsThatItsQueueServesAndNoOthers() {
        held.serves("box/a", "qwen", "phi")
                .has("gandalf/b", HeldHive.serving("qwen", "llama"), Terms.NONE.serving(List.of("review")));
        HiveCatalogue catalogue =
                catalogue(Map.of("review", role("review", "{\"queue\":\"review\"}"), "any", role("any", "{}")));

        assertThat(names(catalogue, "free")).containsExactly("any", "phi", "qwen", "review");
        assertThat(names(catalogue, "review")).containsExactly("any", "llama", "qwen", "review");
        assertThat(names(catalogue, "night")).containsExactly("any", "phi", "qwen");
        assertThat(card(catalogue, "review", "qwen").orElseThrow().hosts()).containsExactly("gandalf");
        assertThat(card(catalogue, "free", "qwen").orElseThrow().hosts()).containsExactly("box");
        assertThat(card(catalogue, "free", "llama")).isEmpty();
        assertThat(card(catalogue, "night", "review"))
                .as("waits in another queue")
                .isEmpty();
    }

    @Test
    void unknownQuantisationsAreNotKnownToBeTheSame() {
        assertThat(Weights.same(asset("qwen", ""), asset("qwen", ""))).isFalse();
        assertThat(Weights.same(asset("qwen", "Q4"), asset("qwen", "Q4"))).isTrue();
        assertThat(Weights.same(asset("qwen", "Q4"), asset("phi", "Q4"))).isFalse();
        assertThat(Weights.same(
                        asset("qwen", "Q4").sized(1, 7), asset("qwen", "Q4").sized(1, 8)))
                .isFalse();
    }

    private static Asset asset(String id, String quantization) {
        return Asset.loaded(id).quantized(quantization);
    }

    private HiveCatalogue catalogue() {
        Router router = router(Map.of());
        return new HiveCatalogue(held.hive(), () -> router);
    }

    /** {@return a catalogue whose callers are bound to the queue that they are called by; {@code free} to none} */
    private HiveCatalogue catalogue(Map<String, Role> roles) {
        Router router = new Router(
                RoutingRules.DEFAULTS,
                new ById(),
                Set.of("openai"),
                () -> 0,
                new Stage(RoleBook.of(roles.values()), name -> new ById()));
        return new HiveCatalogue(
                held.hive(),
                () -> router,
                caller -> caller.principal().equals("free") ? List.of() : List.of(caller.principal()));
    }

    private static List<String> names(HiveCatalogue catalogue, String key) {
        return catalogue.models(new Caller(key, "r1")).stream()
                .map(ModelCard::id)
                .toList();
    }

    private static Optional<ModelCard> card(HiveCatalogue catalogue, String key, String name) {
        return catalogue.model(new Caller(key, "r1"), name);
    }

    private Decision decide(Map<String, ?> queues, List<String> bound) {
        return decide(new Claim(bound, false), queues);
    }

    private Decision decide(Claim claim, Map<String, ?> queues) {
        return router(queues).decide(held.now(), QWEN, Need.NOTHING.with(claim));
    }

    private static Router router(Map<String, ?> queues) {
        return new Router(
                RoutingRules.from(FakeConfig.empty(), FakeConfig.of(queues)), new ById(), Set.of("openai"), () -> 0);
    }

    private static Role role(String name, String definition) {
        return RoleJson.read(name, Json.parse(definition.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> services(Decision decision) {
        return decision.eligible().stream()
                .map(eligible -> eligible.offer().service().id())
                .toList();
    }
}
