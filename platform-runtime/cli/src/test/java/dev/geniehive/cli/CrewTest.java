package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Configuration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final App CONTROL = new Named("control");
    private static final App AGENT = new Named("agent");

    @Test
    void takesWhatTheKindNeedsAndNothingElse() {
        List<App> all = List.of(CONTROL, AGENT, new Named("another"));

        assertThat(Crew.of(Kind.UP, all)).containsExactly(CONTROL, AGENT);
        assertThat(Crew.of(Kind.CONTROL, all)).containsExactly(CONTROL);
        assertThat(Crew.of(Kind.AGENT, all)).containsExactly(AGENT);
    }

    @Test
    void saysWhichDistributionHasWhatIsMissing() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> Crew.of(Kind.CONTROL, List.of(AGENT)))
                .withMessageContaining("no control plane (it is the agent's)")
                .withMessageContaining("geniehive-control")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> Crew.of(Kind.UP, List.of(CONTROL)))
                .withMessageContaining("no agent (it is the control plane's)");
    }

    /** An app that is only looked at. */
    private record Named(String name) implements App {
        @Override
        public int order() {
            return 1;
        }

        @Override
        public void check(Configuration config) {}

        @Override
        public List<AppRoute> start(AppContext context) {
            throw new AssertionError("nobody asked for it");
        }

        @Override
        public void reconfigure(Configuration config, Set<String> changed) {}

        @Override
        public List<String> notReady() {
            return List.of();
        }

        @Override
        public List<String> summary() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
