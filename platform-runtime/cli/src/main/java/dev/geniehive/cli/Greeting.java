package dev.geniehive.cli;

import dev.geniehive.kernel.app.Platform;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;

/** What a person at the terminal reads once it is up: what was found, where it listens, and what to type next. */
record Greeting(Platform platform, Home home) {
    void up(PrintWriter out) throws InterruptedException {
        out.printf("%nGenieHive %s is up.%n%n", Version.CURRENT);
        told(out, "Found");
        listening(out);
        next(out, typed(platform.address()));
        end(out);
    }

    void control(PrintWriter out) {
        out.printf("%nGenieHive %s, the control plane, is up.%n%n", Version.CURRENT);
        listening(out);
        out.printf("%nAdd a machine:%n%n  geniehive node invite%n%n");
        end(out);
    }

    /** What the agent tells of itself: its control planes first, then its engines. */
    void agent(PrintWriter out) {
        out.printf("%nGenieHive %s, the agent, is up.%n%n", Version.CURRENT);
        told(out, "Agent");
        row(out, "Listening", platform.address() + "/v1/node (for this machine only)");
        out.println();
        end(out);
    }

    private void told(PrintWriter out, String first) {
        String label = first;
        for (String line : platform.summary()) {
            row(out, label, line);
            label = "";
        }
    }

    private void listening(PrintWriter out) {
        row(out, "Listening", platform.address() + "/v1");
        row(out, "Admin key", "in " + home.credentials());
        if (platform.adminKey().created()) {
            row(out, "", platform.adminKey().key().reveal() + " (shown this once)");
        }
    }

    private static void end(PrintWriter out) {
        out.printf("Stop it with Ctrl-C.%n%n");
        out.flush();
    }

    /** {@return where a client on this machine finds it; the address that stands for all is none to connect to} */
    static String typed(URI listening) {
        return listening.toString().replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    }

    private void next(PrintWriter out, String url) throws InterruptedException {
        String key = needsKey(url)
                ? " -H \"authorization: Bearer $(sed -n 's/^admin-key: //p' '%s')\"".formatted(home.credentials())
                : "";
        out.printf("%nTry next:%n%n  curl %s/v1/models%s%n", url, key);
        out.printf("  curl -N %s/v1/chat/completions%s -H 'content-type: application/json' \\%n", url, key);
        out.printf(
                "    -d '{\"model\": \"%s\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'%n%n",
                firstModel(url));
    }

    private static void row(PrintWriter out, String label, String text) {
        out.printf("  %-10s %s%n", label, text);
    }

    private static boolean needsKey(String url) throws InterruptedException {
        try {
            return new ControlClient(url, Optional.empty()).ask("/v1/models").status() == 401;
        } catch (CommandFailure notThere) {
            return false;
        }
    }

    /** Asks itself, as the first client would: that also warms up the path of a request. */
    private String firstModel(String url) throws InterruptedException {
        try {
            return new ControlClient(url, Optional.of(platform.adminKey().key().reveal()))
                    .get("/v1/models").get("data").items().stream()
                            .flatMap(model -> model.get("id").asString().stream())
                            .findFirst()
                            .orElse("NAME");
        } catch (CommandFailure notThere) {
            return "NAME";
        }
    }
}
