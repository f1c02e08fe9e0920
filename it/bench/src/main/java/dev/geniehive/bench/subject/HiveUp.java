package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code geniehive up}: control plane and agent in one process, the upstream adopted, keys required. */
public record HiveUp(
        String name, Installation installation, int upstreamPort, Pins pins, Jvm jvm, UpstreamProcess guard)
        implements Subject {
    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public Running start(Path folder) throws IOException, InterruptedException {
        return start(folder, HiveProcess::close);
    }

    /** How a life ends. */
    @FunctionalInterface
    interface End {
        void of(HiveProcess hive) throws IOException, InterruptedException;
    }

    /** @param folder where it may have lived before */
    Running start(Path folder, End end) throws IOException, InterruptedException {
        long before = System.nanoTime();
        HiveProcess hive = process(folder);
        try {
            hive.awaitReady();
            hive.awaitModel();
            long ready = System.nanoTime() - before;
            return new Running(
                    hive.client(),
                    Map.of("up", hive.pid()),
                    Optional.of(hive.operator()),
                    ready,
                    List.of(() -> end.of(hive)));
        } catch (IOException failed) {
            hive.close();
            throw failed;
        }
    }

    /** {@return the same, run in another way} */
    HiveUp with(Jvm other) {
        return new HiveUp(name, installation, upstreamPort, pins, other, guard);
    }

    private HiveProcess process(Path folder) throws IOException, InterruptedException {
        return HiveProcess.start(
                installation,
                folder,
                HiveProcess.SERVER + HiveProcess.agent(upstreamPort),
                pins,
                jvm,
                guard::mind,
                "up");
    }
}
