package dev.geniehive.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.kernel.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewedLinkTest {
    private final List<String> seen = new ArrayList<>();
    private final RenewedLink link = new RenewedLink(key -> {
        seen.add("dial " + key.reveal());
        return () -> seen.add("cut " + key.reveal());
    });

    @Test
    void standsUnderOneKeyAtATime() {
        link.under(Optional.of(new Secret("a")));
        link.under(Optional.of(new Secret("a")));
        link.under(Optional.of(new Secret("b")));

        assertThat(seen).containsExactly("dial a", "cut a", "dial b");
    }

    @Test
    void fallsWithoutAKeyAndStandsUpAgain() {
        link.under(Optional.of(new Secret("a")));
        link.under(Optional.empty());
        link.under(Optional.of(new Secret("a")));

        assertThat(seen).containsExactly("dial a", "cut a", "dial a");
    }

    @Test
    void neverStandsUpOnceClosed() {
        link.under(Optional.of(new Secret("a")));
        link.close();
        link.under(Optional.of(new Secret("b")));

        assertThat(seen).containsExactly("dial a", "cut a");
    }
}
