package dev.geniehive.it.hive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a hive is put together. What clients are promised is the same in all forms. */
enum Form {
    /** Control plane and agent are one process, which reaches the engines itself. */
    ONE_PROCESS {
        @Override
        Place start(Path folder, String yaml, List<String> services, String... flags) {
            Hive hive = Hive.up(
                    Distribution.unpackTo(folder.resolve("unpacked")),
                    folder,
                    yaml + Node.yaml("box", services),
                    flags);
            return new Place(hive, List.of(), List.of("box"));
        }
    },

    /** The engines are behind two agents, which only dial out: the first engine behind the first, and by turns. */
    BEHIND_AGENTS {
        @Override
        Place start(Path folder, String yaml, List<String> services, String... flags) {
            Path distribution = Distribution.unpackTo(folder.resolve("unpacked"));
            Control control = Control.start(distribution, folder.resolve("control"), yaml, flags);
            Place place = new Place(control, new ArrayList<>(), AGENTS);
            try {
                for (int agent = 0; agent < Math.min(AGENTS.size(), services.size()); agent++) {
                    String name = AGENTS.get(agent);
                    place.agents()
                            .add(Node.join(
                                    distribution,
                                    folder.resolve(name),
                                    control.url(),
                                    control.invite(),
                                    name,
                                    Node.yaml(name, everySecond(services, agent)),
                                    flags));
                }
                place.agents().forEach(Launched::awaitUp);
                place.awaitServices(services.size());
                return place;
            } catch (Exception broken) {
                place.close();
                throw new IllegalStateException(broken);
            }
        }
    };

    private static final List<String> AGENTS = List.of("attic", "cellar");

    /**
     * Starts a hive and waits until it has all services.
     *
     * @param folder empty
     * @param yaml the configuration of the control plane
     * @param services entries of {@code agent.services}
     * @param flags further flags of all its processes
     */
    abstract Place start(Path folder, String yaml, List<String> services, String... flags);

    private static List<String> everySecond(List<String> services, int from) {
        List<String> some = new ArrayList<>();
        for (int i = from; i < services.size(); i += AGENTS.size()) {
            some.add(services.get(i));
        }
        return some;
    }
}
