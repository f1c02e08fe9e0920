package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A control plane and an agent that joined it: the same requests through the link between two processes. */
public record HiveLink(
        String name, Installation installation, int upstreamPort, Pins pins, Jvm jvm, UpstreamProcess guard)
        implements Subject {
    /** What its control plane is called among its processes. */
    public static final String CONTROL = "control";

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public Running start(Path folder) throws IOException, InterruptedException {
        long before = System.nanoTime();
        HiveProcess control = HiveProcess.start(
                installation, folder.resolve("control"), HiveProcess.SERVER, pins, jvm, guard::mind, "control");
        try {
            return join(control, folder, before);
        } catch (IOException failed) {
            control.close();
            throw failed;
        }
    }

    private Running join(HiveProcess control, Path folder, long before) throws IOException, InterruptedException {
        Path token = folder.resolve("token");
        Files.writeString(token, control.token());
        HiveProcess agent = HiveProcess.start(
                installation,
                folder.resolve("agent"),
                HiveProcess.agent(upstreamPort),
                pins,
                jvm,
                guard::mind,
                "agent",
                "--join",
                control.operator().toString(),
                "--token-file",
                token.toString());
        try {
            control.awaitReady();
            control.awaitModel();
            long ready = System.nanoTime() - before;
            Map<String, Long> children = new LinkedHashMap<>();
            children.put(CONTROL, control.pid());
            children.put("agent", agent.pid());
            return new Running(
                    control.client(), children, Optional.of(control.operator()), ready, List.of(agent, control));
        } catch (IOException failed) {
            agent.close();
            throw failed;
        }
    }
}
