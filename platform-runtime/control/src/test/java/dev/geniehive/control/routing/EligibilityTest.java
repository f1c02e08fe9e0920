package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Offers;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.protocol.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of earlier requests makes no difference to what is decided about later ones. */
class EligibilityTest {
    private static final RouteRequest QWEN = new RouteRequest(Operation.CHAT, "qwen");
    private static final List<Ability> ABILITIES = List.of(Ability.TOOLS, Ability.IMAGES, Ability.AUDIO);
    private static final int[] CONTEXTS = {0, 4096, 8192, 32768};

    private final HeldHive held = new HeldHive();

    @Test
    void saysWhatFiltersSayWhateverWasAskedBefore() {
        Random random = new Random(20_260_822);
        for (int round = 0; round < 60; round++) {
            HiveSnapshot hive = hive(random);
            Offers offers = hive.offers("qwen");
            for (int request = 0; request < 60; request++) {
                Filters filters = filters(random);
                Turnout turnout = turnout(hive, random);

                Tiers kept = offers.derived(Eligibility.class, Eligibility::of).tiers(filters, turnout);

                assertThat(told(kept)).isEqualTo(told(Eligibility.of(offers).tiers(filters, turnout)));
            }
        }
    }

    @Test
    void tellsEachRequestItsOwnNumberOfTokens() {
        held.has("box/a", HeldHive.having(Asset.loaded("qwen").context(8192)), Terms.NONE);

        assertThat(reasons(9000)).containsExactly("needs 9000 tokens of context, has 8192: 808 too few");
        assertThat(reasons(16384)).containsExactly("needs 16384 tokens of context, has 8192: 8192 too few");
    }

    @Test
    void whatAServiceSaysNextCountsForTheNextRequest() {
        held.serves("box/a", "qwen").serves("box/b", "qwen");
        assertThat(decide(0).eligible()).hasSize(2);

        held.has("box/a", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNHEALTHY, "ill"), Terms.NONE);
        assertThat(decide(0).eligible()).hasSize(1);

        held.hive().drain("box", true);
        assertThat(decide(0).eligible()).isEmpty();
    }

    @Test
    void isKeptAsLongAsNobodyWhoHasTheNameChanges() {
        held.serves("box/a", "qwen").serves("box/b", "phi");
        Eligibility before = held.now().offers("qwen").derived(Eligibility.class, Eligibility::of);

        held.serves("box/b", "other");
        assertThat(held.now().offers("qwen").derived(Eligibility.class, Eligibility::of))
                .isSameAs(before);

        held.has("box/a", HeldHive.slots(HeldHive.serving("qwen"), 4, 1), Terms.NONE);
        assertThat(held.now().offers("qwen").derived(Eligibility.class, Eligibility::of))
                .isNotSameAs(before);
    }

    private List<String> reasons(int tokens) {
        return decide(tokens).dropped().stream()
                .map(drop -> drop.reason().get())
                .toList();
    }

    private Decision decide(int tokens) {
        return new Router(RoutingRules.DEFAULTS, new ById(), Set.of("openai"), () -> 0)
                .decide(held.now(), QWEN, new Need(tokens));
    }

    private static HiveSnapshot hive(Random random) {
        HeldHive hive = new HeldHive();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            hive.has((random.nextBoolean() ? "box/s" : "attic/s") + i, inventory(random), terms(random));
        }
        if (random.nextInt(4) == 0 && hive.now().host("attic").isPresent()) {
            hive.hive().drain("attic", true);
        }
        return hive.now();
    }

    private static Inventory inventory(Random random) {
        Asset asset = (random.nextBoolean() ? Asset.loaded("qwen") : Asset.installed("qwen"))
                .context(CONTEXTS[random.nextInt(CONTEXTS.length)])
                .able(random.nextBoolean() ? Set.of() : Set.of(ABILITIES.get(random.nextInt(2))))
                .quantized(random.nextInt(4) == 0 ? "Q4_K_M" : "Q8_0");
        Inventory inventory = random.nextBoolean()
                ? HeldHive.having(asset)
                : HeldHive.having(asset, Asset.loaded("phi"))
                        .load(HeldHive.slots(HeldHive.serving(), 4, 1).slots(), OptionalInt.empty());
        return random.nextInt(5) == 0 ? HeldHive.feeling(inventory, ServiceHealth.UNHEALTHY, "ill") : inventory;
    }

    private static Terms terms(Random random) {
        Terms terms =
                random.nextInt(4) == 0 ? new Terms(Map.of(), 0, 0, OptionalInt.empty(), Terms.OVERFLOW) : Terms.NONE;
        return random.nextInt(3) == 0 ? terms.serving(List.of("night")) : terms;
    }

    private static Filters filters(Random random) {
        Operation operation = random.nextInt(4) == 0 ? Operation.EMBEDDING : Operation.CHAT;
        Set<Ability> abilities = random.nextInt(3) == 0 ? Set.of(ABILITIES.get(random.nextInt(3))) : Set.of();
        Demand demand = new Demand(abilities, 0, 0, random.nextInt(3) == 0 ? random.nextInt(40_000) : 0);
        Set<String> adapters = random.nextInt(8) == 0 ? Set.of() : Set.of("openai");
        return new Filters(new Asking(new RouteRequest(operation, "qwen"), demand), adapters, random.nextInt(8) != 0);
    }

    private static Turnout turnout(HiveSnapshot hive, Random random) {
        List<String> hosts = random.nextInt(4) == 0 ? List.of("box") : List.of();
        String name = random.nextInt(3) == 0 ? "night" : random.nextInt(4) == 0 ? "review" : Terms.SHARED_QUEUE;
        return new Turnout(
                hive,
                new QueueRules(name, 0, 10, Duration.ofSeconds(1), hosts, Optional.empty()),
                random.nextBoolean());
    }

    private static List<String> told(Tiers tiers) {
        List<String> all = new ArrayList<>();
        Stream.of(tiers.ready(), tiers.loadable(), tiers.spare())
                .forEach(field -> all.add(List.of(field.offers).toString()));
        tiers.dropped()
                .forEach(drop -> all.add(
                        drop.offer() + " " + drop.by() + " " + drop.reason().get()));
        return all;
    }
}
