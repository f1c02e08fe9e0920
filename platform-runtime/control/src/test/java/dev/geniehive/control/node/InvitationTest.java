package dev.geniehive.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvitationTest {
    @Test
    void takesTheAddressByWhichTheOperatorReachedUs() {
        Invitation invitation = of("https://0.0.0.0:7833", "control.lan:443", "10.0.0.7");

        assertThat(invitation).isEqualTo(new Invitation("https://control.lan:443", Optional.empty()));
    }

    @Test
    void takesAnAddressOfThisMachineWhereTheOperatorSitsAtIt() {
        assertThat(of("http://0.0.0.0:7833", "127.0.0.1:7833", "10.0.0.7"))
                .isEqualTo(new Invitation("http://10.0.0.7:7833", Optional.empty()));
        assertThat(of("http://[::]:7833", "localhost:7833", "10.0.0.7").url()).isEqualTo("http://10.0.0.7:7833");
    }

    @Test
    void takesTheOneAddressThatItListensOn() {
        assertThat(of("http://10.0.0.9:7833", "localhost:7833", "10.0.0.7").url())
                .isEqualTo("http://10.0.0.9:7833");
    }

    @Test
    void warnsWhereNobodyElseCanConnect() {
        Invitation invitation = of("http://127.0.0.1:7833", "127.0.0.1:7833", "10.0.0.7");

        assertThat(invitation.url()).isEqualTo("http://127.0.0.1:7833");
        assertThat(invitation.warning().orElseThrow()).contains("--host 0.0.0.0");
        assertThat(of("http://0.0.0.0:7833", "localhost", "").warning()).isPresent();
    }

    @Test
    void doesNotRepeatWhatIsNoHost() {
        assertThat(of("http://127.0.0.1:7833", "x; rm -rf /", "").url()).isEqualTo("http://127.0.0.1:7833");
    }

    private static Invitation of(String listens, String host, String own) {
        return Invitation.of(
                URI.create(listens), Optional.of(host), () -> Optional.of(own).filter(text -> !text.isEmpty()));
    }
}
