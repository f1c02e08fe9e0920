package dev.geniehive.cli;

import dev.geniehive.kernel.app.App;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Picks the apps of a process among those that this distribution has. */
final class Crew {
    private Crew() {}

    /** @throws CommandFailure if the distribution lacks one of them */
    static List<App> of(Kind kind) {
        return of(kind, present().stream().map(ServiceLoader.Provider::get).toList());
    }

    static List<App> of(Kind kind, List<App> present) {
        List<App> crew = new ArrayList<>();
        for (App app : present) {
            if (kind.apps().contains(app.name())) {
                crew.add(app);
            }
        }
        kind.apps().stream()
                .sorted()
                .filter(name -> crew.stream().noneMatch(app -> app.name().equals(name)))
                .findFirst()
                .ifPresent(missing -> {
                    throw lacks(missing);
                });
        return crew;
    }

    /** Modules are asked; a list in each jar is looked for only where this is not one. */
    private static ServiceLoader<App> present() {
        ModuleLayer layer = Crew.class.getModule().getLayer();
        return layer == null ? ServiceLoader.load(App.class) : ServiceLoader.load(layer, App.class);
    }

    private static CommandFailure lacks(String app) {
        boolean control = app.equals("control");
        return new CommandFailure(
                ExitCode.USAGE,
                "This distribution has no %s (it is the %s's). Get geniehive-%s-%s.zip, or geniehive-%s.zip, which has both."
                        .formatted(
                                control ? "control plane" : "agent",
                                control ? "agent" : "control plane",
                                app,
                                Version.CURRENT,
                                Version.CURRENT));
    }
}
