package dev.geniehive.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.api.spi.GeniePlugin;
import dev.geniehive.plugin.embeddings.EmbeddingsPlugin;
import dev.geniehive.plugin.llamacpp.LlamaCppPlugin;
import dev.geniehive.plugin.ollama.OllamaPlugin;
import dev.geniehive.plugin.openaicompatible.OpenAiCompatiblePlugin;
import dev.geniehive.plugin.textservers.TextServersPlugin;
import dev.geniehive.plugin.vllm.VllmPlugin;
import dev.geniehive.plugin.whisper.WhisperPlugin;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All engine plugins look at every kind of server: each is best known by its own, in whatever order they are asked. */
class ToldApartTest {
    private static final List<GeniePlugin> PLUGINS = List.of(
            new OpenAiCompatiblePlugin(),
            new LlamaCppPlugin(),
            new OllamaPlugin(),
            new VllmPlugin(),
            new WhisperPlugin(),
            new EmbeddingsPlugin(),
            new TextServersPlugin());

    private static final ExtensionContext NO_CONFIGURATION = () -> {
        throw new UnsupportedOperationException("engines are made without configuration here");
    };

    @ParameterizedTest
    @EnumSource
    void isBestKnownByItsOwnEngine(Flavor flavor) throws Exception {
        isBestKnown(flavor, Knobs.defaults());
    }

    /** The others have no keys, or leave nothing open by which to know them. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OLLAMA", "MLX", "WHISPERCPP"})
    void isKnownAlsoWhereItWantsAKey(Flavor flavor) throws Exception {
        isBestKnown(flavor, Knobs.defaults().with("key", "s3cret"));
    }

    @ParameterizedTest
    @EnumSource
    void isKnownAlsoWhereItListsModelsOfOthers(Flavor flavor) throws Exception {
        isBestKnown(flavor, Knobs.defaults().with("cloud", "far-away"));
    }

    @Test
    void everyEngineButTheGenericOneHasAFakeOfItsOwn() {
        List<String> fakes = List.of(Flavor.values()).stream()
                .map(ToldApartTest::engine)
                .sorted()
                .toList();

        assertThat(engines().keySet()).containsExactlyElementsOf(fakes);
    }

    private static void isBestKnown(Flavor flavor, Knobs knobs) throws InterruptedException {
        Map<String, Certainty> claims = new TreeMap<>();
        for (Map.Entry<String, Engine> engine : engines().entrySet()) {
            if (engine.getValue().fingerprint(new Portrait(flavor, knobs)) instanceof Recognition.Recognised seen) {
                claims.put(engine.getKey(), seen.certainty());
            }
        }
        Certainty own = claims.remove(engine(flavor));

        assertThat(own).as("what its own engine says of %s", flavor).isNotNull();
        assertThat(claims.values())
                .as("what others say of %s: %s", flavor, claims)
                .allMatch(other -> other.compareTo(own) < 0);
    }

    private static String engine(Flavor flavor) {
        return flavor == Flavor.OPENAI ? "openai-compatible" : flavor.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Engine> engines() {
        Map<String, Engine> engines = new TreeMap<>();
        for (GeniePlugin plugin : PLUGINS) {
            for (Extension<?, ?> extension : plugin.extensions()) {
                if (extension.point().equals(ExtensionPoint.ENGINE)) {
                    engines.put(extension.name(), made(extension));
                }
            }
        }
        return engines;
    }

    @SuppressWarnings("unchecked") // what stands at that point is that
    private static Engine made(Extension<?, ?> extension) {
        return ((Extension<Engine, ExtensionContext>) extension).create().apply(NO_CONFIGURATION);
    }

    /** A fake engine without a network. */
    private record Portrait(Flavor flavor, Knobs knobs) implements Upstream {
        @Override
        public String name() {
            return flavor.name();
        }

        @Override
        public UpstreamReply send(UpstreamRequest request) {
            HttpRequest asked = new HttpRequest(request.method(), request.path(), List.of(), new byte[0]);
            return new Whole(flavor, new Introspection(flavor, knobs, 0).look(asked));
        }
    }

    private record Whole(Flavor flavor, Answer answer) implements UpstreamReply {
        @Override
        public int status() {
            return answer.status();
        }

        @Override
        public Headers headers() {
            Headers headers = Headers.of("Content-Type", answer.contentType());
            return flavor.server().isEmpty() ? headers : headers.with("Server", flavor.server());
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(answer.bytes());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
