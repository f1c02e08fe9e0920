package dev.geniehive.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.kernel.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminKeyTest {
    private static final String GIVEN = "a-key-of-the-operator";

    @TempDir
    private Path folder;

    @Test
    void makesAKeyAtTheFirstStartAndKeepsIt() throws IOException {
        Path home = folder.resolve("new/home");

        AdminKey first = AdminKey.open(home, Map.of());
        AdminKey second = AdminKey.open(home, Map.of());

        assertThat(first.created()).isTrue();
        assertThat(first.key().reveal()).matches("gh-admin-[A-Za-z0-9_-]{43}");
        assertThat(second.created()).isFalse();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(first).asString().doesNotContain(first.key().reveal());
        assertThat(permissions(home.resolve("credentials"))).isEqualTo("rw-------");
        assertThat(permissions(home)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve("credentials"));
        }
    }

    @Test
    void takesTheKeyOfTheEnvironmentAtTheFirstStartOnly() {
        AdminKey first = AdminKey.open(folder, Map.of(AdminKey.VARIABLE, GIVEN));
        AdminKey same = AdminKey.open(folder, Map.of(AdminKey.VARIABLE, GIVEN));
        AdminKey other = AdminKey.open(folder, Map.of(AdminKey.VARIABLE, "another-key-of-the-operator"));

        assertThat(first.key().reveal()).isEqualTo(GIVEN);
        assertThat(first.created()).isFalse();
        assertThat(same.notices()).isEmpty();
        assertThat(other.key().reveal()).isEqualTo(GIVEN);
        assertThat(other.notices()).singleElement().asString().startsWith("GENIEHIVE_ADMIN_KEY differs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with blanks in the middle", "quote\"0123456789abcdef"})
    void refusesAKeyOfTheEnvironmentThatIsNone(String key) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> AdminKey.open(folder, Map.of(AdminKey.VARIABLE, key)))
                .withMessageContaining("env GENIEHIVE_ADMIN_KEY: must be 16 to 512")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(key));
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing here\n", "admin-key:\n", "admin-key: two words here and there\n"})
    void refusesAFileThatHoldsNoKey(String content) throws IOException {
        Files.writeString(folder.resolve("credentials"), content);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> AdminKey.open(folder, Map.of()))
                .withMessageContaining("must hold a line 'admin-key: KEY'");
    }

    @Test
    void closesAFileThatOthersCouldReadAndSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), "admin-key: " + GIVEN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        AdminKey key = AdminKey.open(folder, Map.of());

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(key.notices()).singleElement().asString().startsWith("Other users could read " + file);
    }

    @Test
    void agreesOnOneKeyWhenSeveralStartAtOnce() throws InterruptedException, ExecutionException {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AdminKey>> opened = IntStream.range(0, 20)
                    .mapToObj(_ -> starters.submit(() -> {
                        go.await();
                        return AdminKey.open(folder, Map.of());
                    }))
                    .toList();
            go.countDown();

            AdminKey first = opened.getFirst().get();
            for (Future<AdminKey> other : opened) {
                assertThat(other.get().key()).isEqualTo(first.key());
            }
            assertThat(opened.stream().filter(key -> key.resultNow().created())).hasSize(1);
        }
    }

    @Test
    void saysWhereItCannotKeepTheKey() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> AdminKey.open(file, Map.of()))
                .withMessageContaining(file.resolve("credentials").toString());
    }

    @Test
    void knowsTheOperatorByTheKey() {
        AdminKey key = AdminKey.open(folder, Map.of(AdminKey.VARIABLE, GIVEN));

        assertThat(key.keys().find(KeyHash.of(GIVEN))).contains(new Principal("admin", Principal.Kind.ADMIN));
        assertThat(key.keys().find(KeyHash.of(GIVEN + "x"))).isEmpty();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
