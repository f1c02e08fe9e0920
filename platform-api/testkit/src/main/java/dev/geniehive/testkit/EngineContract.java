package dev.geniehive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.api.spi.Engine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every engine promises. Extend it, return your engine and a fake that answers like the real one, and run it.
 */
@Timeout(20)
public abstract class EngineContract {
    /** {@return the engine under test, freshly made} */
    protected abstract Engine engine();

    /** {@return a healthy server of this engine with at least one model, freshly made} */
    protected abstract FakeUpstream itself();

    /** {@return whether it asks its upstream anything; an engine that is made up says no} */
    protected boolean talksUpstream() {
        return true;
    }

    @Test
    void usualPortsArePortsAndEachStandsOnce() {
        assertThat(engine().usualPorts())
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(1, 65535));
    }

    @Test
    void recognisesItself() throws Exception {
        assumeTrue(talksUpstream());

        assertThat(engine().fingerprint(itself())).isInstanceOf(Recognition.Recognised.class);
    }

    @Test
    void readsWhatAHealthyOneHas() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(inventory.assets()).extracting(Asset::id).isNotEmpty().doesNotHaveDuplicates();
        assertThat(inventory.adapters()).isNotEmpty();
    }

    @Test
    void takesAStrangerForAStranger() throws Exception {
        assertThat(engine().fingerprint(new FakeUpstream())).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void takesGarbageForAStranger() throws Exception {
        for (Map.Entry<String, FakeReply> garbage : Garbage.KINDS.entrySet()) {
            FakeUpstream upstream = new FakeUpstream().otherwise(garbage.getValue());

            assertThat(engine().fingerprint(upstream)).as(garbage.getKey()).isInstanceOf(Recognition.Stranger.class);
        }
    }

    @Test
    void doesNotTakeGarbageForAHealthyEngine() throws Exception {
        assumeTrue(talksUpstream());
        for (Map.Entry<String, FakeReply> garbage : Garbage.KINDS.entrySet()) {
            FakeUpstream upstream = new FakeUpstream().otherwise(garbage.getValue());

            Inventory inventory = engine().inspect(upstream);

            assertThat(inventory.health().usable()).as(garbage.getKey()).isFalse();
            assertThat(inventory.reason()).as(garbage.getKey()).isNotBlank();
        }
    }

    @Test
    void survivesGarbageOnOnePathAmongGoodOnes() throws Exception {
        for (String path : itself().paths()) {
            for (Map.Entry<String, FakeReply> garbage : Garbage.KINDS.entrySet()) {
                FakeUpstream upstream = itself().on(path, garbage.getValue());

                assertThat(engine().fingerprint(upstream))
                        .as("%s on %s", garbage.getKey(), path)
                        .isNotNull();
                assertThat(engine().inspect(upstream))
                        .as("%s on %s", garbage.getKey(), path)
                        .isNotNull();
            }
        }
    }

    @Test
    void hangsUpOnAReplyThatDoesNotEnd() throws Exception {
        assumeTrue(talksUpstream());
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.endless());

        assertThat(engine().fingerprint(upstream)).isInstanceOf(Recognition.Stranger.class);
        assertThat(engine().inspect(upstream).health().usable()).isFalse();
    }

    @Test
    void saysThatAKeyIsMissingOrWrong() throws Exception {
        assumeTrue(talksUpstream());
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.json(401, "{\"error\":\"Unauthorized\"}"));

        Inventory inventory = engine().inspect(upstream);

        assertThat(inventory.health()).isEqualTo(ServiceHealth.UNHEALTHY);
        assertThat(inventory.reason()).contains("key");
    }

    @Test
    void letsARefusedConnectionThrough() {
        assumeTrue(talksUpstream());
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.failing(Failure.REFUSED));

        assertThatExceptionOfType(UpstreamException.class).isThrownBy(() -> engine().fingerprint(upstream));
        assertThatExceptionOfType(UpstreamException.class).isThrownBy(() -> engine().inspect(upstream));
    }

    @Test
    void givesUpWhenInterrupted() throws Exception {
        assumeTrue(talksUpstream());
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.hanging());

        assertThat(Interrupting.call(() -> engine().fingerprint(upstream))).isInstanceOf(InterruptedException.class);
        assertThat(Interrupting.call(() -> engine().inspect(upstream))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void givesUpWhenInterruptedWhileAReplyArrives() throws Exception {
        assumeTrue(talksUpstream());
        FakeStream stream = new FakeStream().feed("{");
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.streaming("application/json", stream));

        assertThat(Interrupting.call(() -> engine().inspect(upstream), () -> stream.sawReaderWaitWithin(5)))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void asksNothingIfItSaysSo() throws Exception {
        assumeTrue(!talksUpstream());
        FakeUpstream upstream = new FakeUpstream();

        engine().fingerprint(upstream);
        engine().inspect(upstream);

        assertThat(upstream.requests()).isEmpty();
    }
}
