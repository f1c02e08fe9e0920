package dev.geniehive.plugin.textservers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MlxEngineTest extends EngineContract {
    private static final String SERVER = "BaseHTTP/0.6 Python/3.12.4";

    @Override
    protected Engine engine() {
        return new MlxEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/health", FakeReply.json("{\"status\":\"ok\"}").with("Server", SERVER))
                .on("/v1/models", FakeReply.json("""
                                {"object":"list","data":[{"id":"mlx-community/Qwen3-4B-4bit","object":"model"},
                                 {"id":"mlx-community/of-last-year","object":"model"}]}""").with("Server", SERVER));
    }

    @Test
    void isRecognisedAsAPlainServerOfPythonWithModels() throws Exception {
        FakeUpstream plain = itself().on("/v1/models", FakeReply.text(404, "text/html", "Not Found"));
        FakeUpstream other = itself().on("/health", FakeReply.json("{\"status\":\"ok\"}"));

        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.LISTING, ""));
        assertThat(engine().fingerprint(plain)).isInstanceOf(Recognition.Stranger.class);
        assertThat(engine().fingerprint(other)).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void listsNothingOfItsCacheWhichItWouldLoadInsteadOfItsModel() throws Exception {
        assertThat(engine().inspect(itself()).assets())
                .containsExactly(Asset.loaded("default_model").offering(Set.of(Operation.CHAT, Operation.COMPLETION)));
    }
}
