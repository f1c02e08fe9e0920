package dev.geniehive.agent.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geniehive.api.model.Json;
import dev.geniehive.kernel.config.Secret;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class IdentitiesTest {
    private static final URI ONE = URI.create("http://one:7833");
    private static final URI TWO = URI.create("http://two:7833");

    @TempDir
    private Path home;

    @Test
    void nothingIsKnownInANewHome() {
        assertThat(Identities.read(home).all()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void writesTheNonceDownBeforeItIsUsed() {
        Identity fresh = Identities.read(home).of(ONE);

        assertThat(fresh.nonce()).matches("[0-9a-f]{32}");
        assertThat(Identities.read(home).of(ONE)).isEqualTo(fresh);
        assertThat(Identities.read(home).of(TWO).nonce()).isNotEqualTo(fresh.nonce());
    }

    @Test
    void keepsWhatItWasGiven() throws Exception {
        Identities identities = Identities.read(home);
        Identity member = identities.of(ONE).as("box", new Secret("k3y"));
        identities.keep(member);
        identities.of(TWO);

        Identities again = Identities.read(home);

        assertThat(again.find(ONE)).contains(member);
        assertThat(again.all()).extracting(Identity::url).containsExactly(ONE, TWO);
        assertThat(again.all()).extracting(Identity::isMember).containsExactly(true, false);
        Json first = Json.parse(Files.readString(file())).items().getFirst();
        assertThat(first.get("node_id").asString()).contains("box");
        assertThat(first.get("node_key").asString()).contains("k3y");
        assertThat(member.toString()).doesNotContain("k3y");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadIt() throws Exception {
        Files.createDirectory(
                home.resolve("agent"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        Identities.read(home).of(ONE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("agent"))))
                .isEqualTo("rwx------");
        assertThat(home.resolve("agent")).isDirectoryContaining("glob:**.json").satisfies(folder -> {
            try (var files = Files.list(folder)) {
                assertThat(files).as("no draft is left").hasSize(1);
            }
        });
    }

    @Test
    void refusesAFileThatItCannotReadAndLeavesItAlone() throws Exception {
        Files.createDirectories(home.resolve("agent"));
        Files.writeString(file(), "[{\"url\": \"http://one\", ");

        assertThatIllegalStateException()
                .isThrownBy(() -> Identities.read(home))
                .withMessageContaining(file().toString())
                .withMessageContaining("join again");
        assertThat(Files.readString(file())).startsWith("[{");
    }

    @Test
    void remembersWhatItCouldNotWriteAndWritesItTheNextTime() throws Exception {
        Identities identities = Identities.read(home);
        Identity member = new Identity(ONE, Optional.of("box"), Optional.of(new Secret("k")), "n");
        Path inTheWay = home.resolve("agent");
        Files.writeString(inTheWay, "");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> identities.keep(member))
                .withMessageContaining(file().toString());
        assertThat(identities.find(ONE)).contains(member);

        Files.delete(inTheWay);
        identities.keep(member);

        assertThat(Identities.read(home).find(ONE)).contains(member);
    }

    private Path file() {
        return home.resolve("agent/control-planes.json");
    }
}
