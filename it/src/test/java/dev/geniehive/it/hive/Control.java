package dev.geniehive.it.hive;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A running {@code geniehive control}: a control plane and nothing else. */
final class Control extends Launched {
    private Control(Launch launch, String yaml) {
        super(launch, yaml);
    }

    /**
     * Starts one and waits until it is up.
     *
     * @param folder empty; gets the home and the log
     * @param yaml the configuration file
     * @param flags further flags of {@code control}
     */
    static Control start(Path distribution, Path folder, String yaml, String... flags) {
        Control control = new Control(
                new Launch(
                        distribution,
                        folder,
                        "control",
                        List.of(flags),
                        List.of(),
                        Map.of("GENIEHIVE_ADMIN_KEY", Hive.ADMIN_KEY)),
                yaml);
        control.awaitUp();
        return control;
    }

    /** {@return a token that lets one node join} */
    String invite() throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            return invite(client);
        }
    }

    /** {@return a token that lets one node join, asked for on that connection} */
    static String invite(RawClient client) throws IOException {
        client.post("/v1/cluster/nodes/invite", "{}", "Authorization: Bearer " + Hive.ADMIN_KEY);
        Reply reply = Reply.of(client);
        if (reply.status() != 200 && reply.status() != 201) {
            throw new IOException("no invitation, but %d %s".formatted(reply.status(), reply.text()));
        }
        return reply.json().get("token").asText();
    }
}
