package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void isAsWideAsWhatStandsInIt() {
        Table table =
                new Table("model", "loaded").row("qwen3-coder-30b", "true").row("phi", "false");

        assertThat(table.toString()).isEqualTo("""
                MODEL            LOADED
                qwen3-coder-30b  true
                phi              false
                """);
    }

    @Test
    void oneVeryLongCellDoesNotPushTheOthersAway() {
        String longName = "x".repeat(100);
        Table table = new Table("model", "loaded").row(longName, "true").row("phi", "false");

        assertThat(table.toString()).isEqualTo("MODEL  LOADED\n" + longName + "  true\nphi    false\n");
    }

    @Test
    void hasNoSpacesAtTheEndsOfLines() {
        assertThat(new Table("status", "summary").row("ok", "").toString()).isEqualTo("STATUS  SUMMARY\nok\n");
    }
}
