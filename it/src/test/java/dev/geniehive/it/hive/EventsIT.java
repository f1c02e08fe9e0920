package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watching the hive. */
@Timeout(60)
class EventsIT {
    private static final Pattern ID = Pattern.compile("id: (\\S+)\nevent: service.unreachable\n");

    @TempDir
    private static Path folder;

    private static @Nullable Engines engines;
    private static @Nullable Hive hive;

    @BeforeAll
    static void start() {
        engines = Engines.serving("watched", 1);
        hive = Hive.up(
                Distribution.unpackTo(folder.resolve("zip")), folder, Engines.yaml("", Fixture.present(engines)));
    }

    @AfterAll
    static void stop() {
        Fixture.closeAll(hive, engines);
    }

    @Test
    void tellsWhatHappensAndGoesOnWhereTheWatcherLeftOff() throws Exception {
        String last;
        try (RawClient watcher = watch()) {
            assertThat(watcher.head().status()).isEqualTo(200);
            assertThat(watcher.chunk().orElseThrow().text()).startsWith(": ");
            Fixture.present(engines).get(1).close();
            last = idOfTheLoss(watcher);
        }

        try (RawClient again = watch("Last-Event-ID: " + last)) {
            again.head();
            again.chunk();
            assertThat(again.chunk().orElseThrow().text())
                    .contains("event: model.gone")
                    .doesNotContain(last + "\n");
        }
    }

    @Test
    void tellsWhatBecomesOfRoles() throws Exception {
        Hive running = Fixture.present(hive);
        Path file = running.home().resolve("geniehive.yaml");
        String before = Files.readString(file);
        try (RawClient watcher = watch()) {
            watcher.head();
            watcher.chunk();
            change(running, "PUT", "{\"description\":\"canary words\"}");
            change(running, "PUT", "{\"description\":\"others\"}");
            change(running, "DELETE", "");
            Files.writeString(file, before + "roles: { tester: { description: from the file } }\n");
            String told = awaitEvent(watcher, "in the configuration file");
            Files.writeString(file, before);
            told += awaitEvent(watcher, "event: role.removed");

            assertThat(told.lines().filter(line -> line.startsWith("event: role.")))
                    .containsExactly(
                            "event: role.made",
                            "event: role.changed",
                            "event: role.removed",
                            "event: role.made",
                            "event: role.removed");
            assertThat(told)
                    .contains("\"subject\":\"tester\"", "The role tester was made through the API.")
                    .doesNotContain("canary words");
        }
    }

    private static void change(Hive running, String method, String body) throws IOException {
        try (RawClient client = RawClient.connect(running.port())) {
            client.request(method, "/v1/cluster/roles/tester", body, "Authorization: Bearer " + Hive.ADMIN_KEY);
            assertThat(Reply.of(client).status()).isBetween(200, 201);
        }
    }

    private static String awaitEvent(RawClient watcher, String words) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(words) < 0) {
            seen.append(watcher.chunk().orElseThrow().text());
        }
        return seen.toString();
    }

    @Test
    void needsTheOperatorsKey() throws Exception {
        assertThat(Reply.get(Fixture.present(hive), "/v1/cluster/events").status())
                .isEqualTo(401);
    }

    @Test
    void watchersDoNotHoldUpAStop(@TempDir Path other) throws Exception {
        try (Hive brief = Hive.up(Distribution.unpackTo(other.resolve("zip")), other, "agent: { discover: false }\n");
                RawClient watcher = RawClient.connect(brief.port())) {
            watcher.get("/v1/cluster/events", "Authorization: Bearer " + Hive.ADMIN_KEY);
            watcher.head();
            watcher.chunk();

            brief.process().destroy();

            assertThat(brief.process().waitFor(15, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static RawClient watch(String... headers) throws IOException {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Authorization: Bearer " + Hive.ADMIN_KEY;
        return RawClient.connect(Fixture.present(hive).port()).get("/v1/cluster/events", all);
    }

    private static String idOfTheLoss(RawClient watcher) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (Optional<RawClient.Chunk> chunk = watcher.chunk(); chunk.isPresent(); chunk = watcher.chunk()) {
            seen.append(chunk.get().text());
            Matcher found = ID.matcher(seen);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("the stream ended: " + seen);
    }
}
