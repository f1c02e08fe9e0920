package dev.geniehive.kernel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Urgency;
import dev.geniehive.kernel.access.AdminKey;
import dev.geniehive.kernel.config.AccessConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorkeeperTest {
    private static final String KEY = "gh-admin-aaaaaaaaaaaaaaaa";
    private static final Headers WITH_KEY = Headers.of("host", "box:7833", "authorization", "Bearer " + KEY);
    private static final Headers LOCAL = Headers.of("host", "localhost:7833");

    @TempDir
    private Path home = Path.of("");

    @Test
    void knowsTheOperatorByTheKey() {
        Caller caller = keeper(false).admit(from("10.0.0.5"), WITH_KEY, Access.OPERATOR, "r1");

        assertThat(caller.principal()).isEqualTo("admin").doesNotContain(KEY);
        assertThat(caller.requestId()).isEqualTo("r1");
    }

    @Test
    void takesTheNameOfAConversationAndNotMoreThanItCanKeep() {
        Doorkeeper keeper = keeper(false);

        assertThat(keeper.admit(from("10.0.0.5"), WITH_KEY, Access.OPERATOR, "r1")
                        .session())
                .isEmpty();
        assertThat(keeper.admit(from("10.0.0.5"), WITH_KEY.with("X-Session-ID", "s1"), Access.OPERATOR, "r1")
                        .session())
                .isEqualTo("s1");
        assertThat(keeper.admit(from("10.0.0.5"), WITH_KEY.with("X-Session-ID", "s".repeat(999)), Access.OPERATOR, "r1")
                        .session())
                .hasSize(256);
    }

    @Test
    void theOperatorsRoutesNeedAKeyEvenHere() {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> keeper(true).admit(from("127.0.0.1"), LOCAL, Access.OPERATOR, "r1"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHORIZED));
    }

    @Test
    void clientsOfThisMachineNeedNoneWhereOnlyTheyCanCome() {
        assertThat(keeper(true)
                        .admit(from("127.0.0.1"), LOCAL, Access.CLIENT, "r1")
                        .requestId())
                .isEqualTo("r1");
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> keeper(false).admit(from("10.0.0.5"), LOCAL, Access.CLIENT, "r1"));
    }

    @Test
    void knowsWhetherSomebodySitsAndWaits() {
        Headers batch = LOCAL.with("x-geniehive-priority", "Batch");
        Headers other = LOCAL.with("x-geniehive-priority", "urgent");

        assertThat(keeper(true)
                        .admit(from("127.0.0.1"), LOCAL, Access.CLIENT, "r1")
                        .urgency())
                .isEqualTo(Urgency.INTERACTIVE);
        assertThat(keeper(true)
                        .admit(from("127.0.0.1"), batch, Access.CLIENT, "r1")
                        .urgency())
                .isEqualTo(Urgency.BATCH);
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> keeper(true).admit(from("127.0.0.1"), other, Access.CLIENT, "r1"))
                .withMessage("The header x-geniehive-priority is interactive or batch.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
    }

    @Test
    void servesConnectionsOverTcpOnly() {
        SocketAddress pipe = UnixDomainSocketAddress.of("/run/genie");

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> keeper(true).admit(pipe, WITH_KEY, Access.CLIENT, "r1"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.FORBIDDEN));
    }

    private Doorkeeper keeper(boolean loopbackOnly) {
        return new Doorkeeper(
                new AccessConfig(AccessConfig.RequireKeys.AUTO),
                AdminKey.open(home, Map.of(AdminKey.VARIABLE, KEY)).keys(),
                loopbackOnly);
    }

    private static SocketAddress from(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 50_000);
    }
}
