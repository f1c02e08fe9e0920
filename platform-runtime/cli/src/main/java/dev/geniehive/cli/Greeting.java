package dev.geniehive.cli;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.kernel.app.Platform;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.kernel.upstream.Upstreams;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What a person at the terminal reads once it is up: what was found, where it listens, and what to type next. */
record Greeting(Platform platform, Home home) {
    private static final Duration MOMENT = Duration.ofSeconds(3);
    private static final Timeouts PATIENCE = new Timeouts(MOMENT, MOMENT, MOMENT, MOMENT);

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
        return models(url, Optional.empty()).map(Probe::status).orElse(0) == 401;
    }

    private String firstModel(String url) throws InterruptedException {
        return models(url, Optional.of(platform.adminKey().key().reveal()))
                .flatMap(answer -> answer.json().get("data").items().stream()
                        .flatMap(model -> model.get("id").asString().stream())
                        .findFirst())
                .orElse("NAME");
    }

    /**
     * Asks itself, as the first client would: that also warms up the path of a request. It does so with the client to
     * engines, which is there anyway; the JDK's would bring a thousand classes with it.
     */
    private static Optional<Probe> models(String url, Optional<String> key) throws InterruptedException {
        Target keyless = Target.of("this process", URI.create(url)).withTimeouts(PATIENCE);
        try (Upstreams own = Upstreams.overSockets()) {
            Target target = key.map(keyless::withKey).orElse(keyless);
            return Optional.of(Probe.get(own.to(target), "/v1/models"));
        } catch (UpstreamException silent) {
            return Optional.empty();
        }
    }
}
