package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {
    @TempDir
    private Path home;

    private ConfigFiles files;
    private ConfigWatcher watcher;
    private final List<ConfigChange> changes = new ArrayList<>();
    private final AtomicInteger validations = new AtomicInteger();

    @BeforeEach
    void watch() {
        files = new ConfigFiles(home).with("GENIEHIVE_SERVER_MAX_BODY", "5MiB");
        watcher = watcher(files.load("server: { port: 1, host: localhost }\nagent: { labels: { zone: a } }\n"));
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    @Test
    void doesNothingWhileTheFileStaysTheSame() throws IOException {
        Configuration before = watcher.current();
        Files.setLastModifiedTime(files.file(), FileTime.fromMillis(0));

        lookTwice();

        assertThat(watcher.current()).isSameAs(before);
        assertThat(validations).hasValue(0);
    }

    @Test
    void tellsWhatChangedOnceTheFileHasSettled() {
        files.write("server: { port: 2, max-body: 9MiB }\nagent: { labels: { zone: a }, services: [ { name: x } ] }\n");

        watcher.checkNow();
        assertThat(changes).isEmpty();
        watcher.checkNow();

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.keys()).containsExactly("agent.services[0].name", "server.host", "server.port");
            assertThat(change.sections()).containsExactlyInAnyOrder("agent", "server");
            assertThat(change.touches("agent.services")).isTrue();
            assertThat(change.touches("agent.labels")).isFalse();
            assertThat(change.touches("server.po")).isFalse();
            assertThat(ServerConfig.from(change.after()).port()).isEqualTo(2);
            assertThat(watcher.current()).isSameAs(change.after());
        });
    }

    @Test
    void waitsForAFileThatIsStillBeingWritten() {
        files.write("server: { port: 2 }\n");
        watcher.checkNow();
        files.write("server: { port: 3 }\n");
        watcher.checkNow();
        assertThat(changes).isEmpty();

        watcher.checkNow();

        assertThat(ServerConfig.from(watcher.current()).port()).isEqualTo(3);
        assertThat(changes).hasSize(1);
    }

    @Test
    void keepsTheOldOneIfTheNewOneIsBadAndChecksItOnce() {
        Configuration before = watcher.current();
        files.write("server: { prot: 2 }\n");

        lookTwice();
        lookTwice();

        assertThat(watcher.current()).isSameAs(before);
        assertThat(changes).isEmpty();
        assertThat(validations).hasValue(1);
    }

    @Test
    void takesTheNextGoodOneAfterABadOne() {
        files.write("server: {\n");
        lookTwice();
        files.write("server: { port: 4 }\n");
        lookTwice();

        assertThat(ServerConfig.from(watcher.current()).port()).isEqualTo(4);
    }

    @Test
    void keepsWhatHoldsWhenTheFileIsGoneAndTakesItWhenItComesBack() throws IOException {
        Configuration before = watcher.current();
        Files.delete(files.file());
        lookTwice();
        assertThat(watcher.current()).isSameAs(before);

        files.write("server: { port: 5 }\n");
        lookTwice();

        assertThat(ServerConfig.from(watcher.current()).port()).isEqualTo(5);
    }

    @Test
    void tellsOthersEvenIfOneListenerFails() {
        watcher = new ConfigWatcher(watcher.current(), this::readAll);
        watcher.onChange(_ -> {
            throw new IllegalStateException("cannot");
        });
        watcher.onChange(changes::add);
        files.write("server: { port: 6 }\n");

        lookTwice();

        assertThat(changes).hasSize(1);
    }

    @Test
    void saysNothingAboutAChangeThatChangesNoValue() {
        files.write("# a comment\nserver: { host: localhost, port: 1 }\nagent: { labels: { zone: a } }\n");

        lookTwice();

        assertThat(changes).isEmpty();
        assertThat(validations).hasValue(1);
    }

    @Test
    void looksByItself() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        watcher.onChange(_ -> told.countDown());
        watcher.start();

        files.write("server: { port: 7 }\n");

        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private ConfigWatcher watcher(Configuration current) {
        ConfigWatcher made = new ConfigWatcher(current, this::readAll);
        made.onChange(changes::add);
        return made;
    }

    private void readAll(Configuration candidate) {
        validations.incrementAndGet();
        ServerConfig.from(candidate);
        AccessConfig.from(candidate);
    }

    private void lookTwice() {
        watcher.checkNow();
        watcher.checkNow();
    }
}
