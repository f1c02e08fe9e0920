package dev.geniehive.kernel.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.kernel.meter.Meters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelRoutesTest {
    private final Meters meters = new Meters();

    /**
     * A request of a probe.
     *
     * @param queries of its address
     */
    private record Probing(Map<String, String> queries) implements ApiRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/readyz";
        }

        @Override
        public String param(String name) {
            return "";
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.ofNullable(queries.get(name));
        }

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public Caller caller() {
            return new Caller("anybody", "r1");
        }

        @Override
        public Body json() {
            return Body.empty();
        }
    }

    @AfterEach
    void close() throws Exception {
        meters.close();
    }

    @Test
    void livesEvenWhileItIsNotReady() throws Exception {
        assertThat(status("/livez", List.of("a plugin is missing"))).isEqualTo(200);
        assertThat(status("/readyz", List.of("a plugin is missing"))).isEqualTo(503);
        assertThat(status("/health", List.of("a plugin is missing"))).isEqualTo(503);
        assertThat(status("/readyz", List.of())).isEqualTo(200);
    }

    @Test
    void tellsReasonsOnlyToWhoAsks() throws Exception {
        assertThat(text(answer("/readyz", List.of("a plugin is missing"), Map.of())))
                .isEqualTo("{\"status\":\"not ready\"}");
        assertThat(text(answer("/readyz", List.of("a plugin is missing"), Map.of("verbose", ""))))
                .isEqualTo("{\"status\":\"not ready\",\"reasons\":[\"a plugin is missing\"]}");
    }

    @Test
    void everybodyMayAskHowItIsButNotForItsFigures() {
        assertThat(new KernelRoutes(List::of, meters).routes())
                .allSatisfy(route -> assertThat(route.access())
                        .isEqualTo(route.route().pattern().equals("/metrics") ? Access.CLIENT : Access.PUBLIC));
    }

    @Test
    void figuresAreNotToBeCached() throws Exception {
        Answer.Whole answer = answer("/metrics", List.of(), Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().contentType()).startsWith("text/plain");
        assertThat(answer.headers().first("cache-control")).contains("no-store");
    }

    private int status(String path, List<String> reasons) throws InterruptedException {
        return answer(path, reasons, Map.of()).status();
    }

    private Answer.Whole answer(String path, List<String> reasons, Map<String, String> queries)
            throws InterruptedException {
        return (Answer.Whole) new KernelRoutes(() -> reasons, meters)
                .routes().stream()
                        .map(AppRoute::route)
                        .filter(route -> route.pattern().equals(path))
                        .findFirst()
                        .orElseThrow()
                        .handler()
                        .handle(new Probing(queries));
    }

    private static String text(Answer.Whole answer) throws IOException {
        try (InputStream in = answer.body().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
