package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines misbehave, and the engines are behind agents. */
@SuppressWarnings("JUnitMethodInvoked") // the same tests, only not always
final class LinkFailoverIT extends FailoverContract {
    LinkFailoverIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }

    @Override
    @Test
    @Tag("long")
    void goesOnCostingNothingWhenAnEngineKeepsFailing() throws Exception {
        super.goesOnCostingNothingWhenAnEngineKeepsFailing();
    }

    @Override
    @Test
    @Tag("long")
    void countsWhatItFailedOver() throws Exception {
        super.countsWhatItFailedOver();
    }
}
