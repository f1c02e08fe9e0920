package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class CommandsTest {
    @Test
    void describesOnlyTheCommandThatIsMeant() {
        for (Class<?> command : Commands.meant()) {
            Command about = command.getAnnotation(Command.class);
            List<String> names = new ArrayList<>(List.of(about.aliases()));
            names.add(about.name());
            if (!about.name().equals("help")) {
                assertThat(names)
                        .allSatisfy(name ->
                                assertThat(Commands.meant(name, "--help")).isEqualTo(List.of(command)));
            }
        }
    }

    @Test
    void describesAllToWhoMeansNoneOfThem() {
        assertThat(Commands.meant("upp")).isEqualTo(Commands.meant());
        assertThat(Commands.meant("--version")).isEqualTo(Commands.meant());
        assertThat(Commands.meant("help")).isEqualTo(Commands.meant());
    }
}
