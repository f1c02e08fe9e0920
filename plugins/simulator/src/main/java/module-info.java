import org.jspecify.annotations.NullMarked;

/** An engine and its adapter that make their answers up, so that a hive without engines can be tried. */
@NullMarked
module dev.geniehive.plugin.simulator {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.simulator.SimulatorPlugin;
}
