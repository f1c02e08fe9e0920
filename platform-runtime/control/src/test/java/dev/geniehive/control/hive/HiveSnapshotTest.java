package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.protocol.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiveSnapshotTest {
    private final HeldHive held = new HeldHive();

    @Test
    void findsAssetsAliasesAndImpliedNames() {
        held.has("box/ollama", HeldHive.serving("llama3:latest"), HeldHive.alias("fast", "llama3:latest"));

        assertThat(kinds("llama3:latest")).containsExactly(Offer.Kind.ASSET);
        assertThat(kinds("fast")).containsExactly(Offer.Kind.ALIAS);
        assertThat(kinds("llama3")).containsExactly(Offer.Kind.IMPLIED);
        assertThat(kinds("llama")).isEmpty();
    }

    @Test
    void anAliasOfSomethingThatIsNotThereIsNoName() {
        held.has("box/llama", HeldHive.serving("qwen"), HeldHive.alias("fast", "gone"));

        assertThat(held.now().offers("fast")).isEmpty();
    }

    @Test
    void listsOneModelOnceHoweverManyWaysItsNameHas() {
        held.has("box/ollama", HeldHive.serving("llama3:latest"), HeldHive.alias("llama3", "llama3:latest"))
                .has("box/vllm", HeldHive.serving("qwen"), HeldHive.alias("qwen", "qwen"));

        assertThat(kinds("llama3")).containsExactly(Offer.Kind.ALIAS);
        assertThat(kinds("qwen")).containsExactly(Offer.Kind.ASSET);
    }

    @Test
    void keepsUnhealthyServicesAndOrdersOffersById() {
        held.serves("box/b", "qwen")
                .has("box/a", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.LOADING, "soon"), Terms.NONE)
                .serves("attic/z", "qwen");

        assertThat(held.now().offers("qwen"))
                .extracting(offer -> offer.service().id())
                .containsExactly("attic/z", "box/a", "box/b");
    }

    private List<Offer.Kind> kinds(String name) {
        return held.now().offers(name).stream().map(Offer::kind).toList();
    }
}
