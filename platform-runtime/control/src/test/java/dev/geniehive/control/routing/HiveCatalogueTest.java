package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.roles.Role;
import dev.geniehive.control.roles.RoleBook;
import dev.geniehive.control.roles.RoleJson;
import dev.geniehive.protocol.Terms;
import dev.geniehive.testkit.FakeConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HiveCatalogueTest {
    private static final Caller ANYBODY = new Caller("anybody", "1");

    private final HeldHive held = new HeldHive();

    @Test
    void listsOnlyWhatCanBeServed() {
        held.serves("box/a", "well")
                .has("box/b", HeldHive.feeling(HeldHive.serving("sick"), ServiceHealth.UNHEALTHY, ""), Terms.NONE)
                .has("box/c", HeldHive.having(Asset.installed("cold")), Terms.NONE)
                .has(
                        "box/d",
                        Inventory.healthy("1", List.of(Asset.loaded("strange")), Map.of(Operation.CHAT, "klingon")),
                        Terms.NONE);

        assertThat(ids(catalogue(Map.of()))).containsExactly("cold", "well");
        assertThat(ids(catalogue(Map.of("load", "never")))).containsExactly("well");
    }

    @Test
    void listsNothingThatOnlyLostOrDrainingHostsServe() {
        held.serves("far/a", "phi").after(HeldHive.LOST_AFTER.plusSeconds(1)).sweep();
        held.serves("box/a", "qwen", "llama").serves("attic/a", "llama");
        held.hive().drain("box", true);

        assertThat(ids(catalogue(Map.of()))).containsExactly("llama");
        assertThat(card("llama").hosts()).containsExactly("attic");
        assertThat(catalogue(Map.of()).model(new Caller("laptop", "r1"), "qwen"))
                .isEmpty();
    }

    @Test
    void findsAnImpliedNameWithoutListingIt() {
        held.serves("box/ollama", "llama3:latest");

        assertThat(ids(catalogue(Map.of()))).containsExactly("llama3:latest");
        assertThat(card("llama3").created()).isEqualTo(held.instant());
        assertThat(catalogue(Map.of()).model(ANYBODY, "llama4")).isEmpty();
    }

    @Test
    void leavesUnknownNumbersAway() {
        held.serves("box/a", "qwen");

        ModelCard card = card("qwen");

        assertThat(card.contextLength()).isEmpty();
        assertThat(card.sizeBytes()).isEmpty();
        assertThat(card.parameters()).isEmpty();
        assertThat(card.queueDepth()).isEmpty();
        assertThat(card.freeSlots()).isEmpty();
        assertThat(card.quantization()).isEmpty();
    }

    @Test
    void addsUpWhatWasSeenOfAllThatServeAName() {
        held.serves("box/a", "qwen").serves("attic/b", "qwen");
        assertThat(card("qwen").performance()).isEmpty();

        held.service("box/a").gauge().performance("qwen").succeeded();
        held.service("attic/b").gauge().performance("qwen").failed();

        assertThat(card("qwen").performance().orElseThrow().samples()).isEqualTo(2);
        assertThat(card("qwen").performance().orElseThrow().errorRate()).hasValue(0.5);
    }

    @Test
    void sumsUpAllThatServeAName() {
        held.has(
                        "box/a",
                        HeldHive.having(Asset.loaded("qwen")
                                        .context(8192)
                                        .quantized("Q4")
                                        .sized(10, 7))
                                .load(Optional.of(new Slots(4, 1)), OptionalInt.of(2)),
                        HeldHive.cost(3))
                .has(
                        "attic/b",
                        HeldHive.having(Asset.installed("qwen").context(4096).quantized("q4"))
                                .load(Optional.of(new Slots(2, 2)), OptionalInt.of(5)),
                        HeldHive.cost(1));
        held.service("box/a").gauge().tryTake(OptionalInt.empty());
        held.service("box/a").gauge().tryTake(OptionalInt.empty());

        ModelCard card = card("qwen");

        assertThat(card.kind()).isEqualTo("asset");
        assertThat(card.operations()).isEqualTo(Set.of(Operation.CHAT));
        assertThat(card.loaded()).isTrue();
        assertThat(card.loadable()).isTrue();
        assertThat(card.replicas()).isEqualTo(2);
        assertThat(card.hosts()).containsExactly("attic", "box");
        assertThat(card.engine()).contains("llamacpp");
        assertThat(card.contextLength()).hasValue(8192);
        assertThat(card.sizeBytes()).hasValue(10);
        assertThat(card.parameters()).hasValue(7);
        assertThat(card.cost()).isEqualTo(1);
        assertThat(card.queueDepth()).hasValue(7);
        assertThat(card.freeSlots()).hasValue(2);
        assertThat(card.simulated()).isFalse();
    }

    @Test
    void anAliasIsAsOldAsItself() {
        held.serves("box/a", "qwen");
        Instant first = held.instant();
        held.after(Duration.ofHours(1)).has("box/a", HeldHive.serving("qwen"), HeldHive.alias("fast", "qwen"));

        assertThat(card("qwen").created()).isEqualTo(first);
        assertThat(card("fast").created()).isEqualTo(held.instant());
        assertThat(card("fast").kind()).isEqualTo("alias");
    }

    @Test
    void listsTheRolesThatSomebodyPlaysNow() {
        held.serves("box/a", "qwen3-coder:30b", "shadow");
        Role coder = role("coder", "{\"description\":\"Writes code\",\"models\":[\"qwen3-coder\"]}");
        HiveCatalogue catalogue =
                catalogue(List.of(coder, role("nobody", "{\"models\":[\"phi\"]}"), role("shadow", "{}")));

        assertThat(ids(catalogue)).containsExactly("coder", "qwen3-coder:30b", "shadow");
        ModelCard card = catalogue.model(ANYBODY, "coder").orElseThrow();
        assertThat(card.kind()).isEqualTo("role");
        assertThat(card.description()).isEqualTo("Writes code");
        assertThat(card.resolvesTo()).containsExactly("qwen3-coder:30b");
        assertThat(card.operations()).containsExactly(Operation.CHAT);
        assertThat(catalogue.model(ANYBODY, "shadow").orElseThrow().kind()).isEqualTo("asset");
        assertThat(catalogue.model(ANYBODY, "nobody")).isEmpty();

        held.serves("attic/b", "phi");
        assertThat(catalogue.model(ANYBODY, "nobody").orElseThrow().resolvesTo())
                .containsExactly("phi");
    }

    @Test
    void listsWhatOneNameStandsForByItsQuantisation() {
        held.has(
                        "box/a",
                        HeldHive.having(Asset.loaded("qwen").quantized("Q4_K_M").sized(4, 0)),
                        Terms.NONE)
                .has(
                        "box/b",
                        HeldHive.having(Asset.loaded("qwen").quantized("Q8_0").sized(8, 0)),
                        Terms.NONE);

        assertThat(ids(catalogue(Map.of()))).containsExactly("qwen", "qwen@Q4_K_M", "qwen@Q8_0");
        assertThat(card("qwen").replicas()).isEqualTo(1);
        assertThat(card("qwen").quantization()).contains("Q8_0");
        assertThat(card("qwen@Q4_K_M").quantization()).contains("Q4_K_M");
        assertThat(card("qwen@q8_0").sizeBytes()).hasValue(8);
    }

    private static Role role(String name, String definition) {
        return RoleJson.read(name, Json.parse(definition.getBytes(StandardCharsets.UTF_8)));
    }

    private HiveCatalogue catalogue(List<Role> roles) {
        Router router = new Router(
                RoutingRules.DEFAULTS,
                new ById(),
                Set.of("openai"),
                () -> 0,
                new Stage(RoleBook.of(roles), name -> new ById()));
        return new HiveCatalogue(held.hive(), () -> router);
    }

    private ModelCard card(String id) {
        return catalogue(Map.of()).model(ANYBODY, id).orElseThrow();
    }

    private static List<String> ids(HiveCatalogue catalogue) {
        return catalogue.models(ANYBODY).stream().map(ModelCard::id).toList();
    }

    private HiveCatalogue catalogue(Map<String, ?> config) {
        Router router = new Router(RoutingRules.from(FakeConfig.of(config)), new ById(), Set.of("openai"), () -> 0);
        return new HiveCatalogue(held.hive(), () -> router);
    }
}
