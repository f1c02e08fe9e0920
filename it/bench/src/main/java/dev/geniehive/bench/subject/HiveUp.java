package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code geniehive up}: control plane and agent in one process, the upstream adopted, keys required. */
public record HiveUp(
        String name, Installation installation, int upstreamPort, Pins pins, String javaOptions, UpstreamProcess guard)
        implements Subject {
    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public Running start(Path folder) throws IOException, InterruptedException {
        long before = System.nanoTime();
        HiveProcess hive = HiveProcess.start(
                installation,
                folder,
                HiveProcess.SERVER + HiveProcess.agent(upstreamPort),
                pins,
                javaOptions,
                guard::mind,
                "up");
        try {
            hive.awaitReady();
            hive.awaitModel();
            long ready = System.nanoTime() - before;
            return new Running(
                    hive.client(), Map.of("up", hive.pid()), Optional.of(hive.operator()), ready, List.of(hive));
        } catch (IOException failed) {
            hive.close();
            throw failed;
        }
    }
}
