package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A JVM that only copies bytes, run as GenieHive is: no proxy on virtual threads is quicker, so it tells what of a figure
 * is the JVM's and what is ours.
 *
 * @param main the class that is started, with {@code bare PORT}
 */
public record Bare(Class<?> main, int upstreamPort, Pins pins, UpstreamProcess guard) implements Subject {
    private static final long START_SECONDS = 30;

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public Running start(Path folder) throws IOException, InterruptedException {
        long before = System.nanoTime();
        Child child = Child.start(
                pins.wrap(List.of(
                        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                                .toString(),
                        "-XX:+UseCompactObjectHeaders",
                        "-Xms64m",
                        "-Djdk.pollerMode=1",
                        "-cp",
                        Objects.requireNonNull(System.getProperty("java.class.path")),
                        main.getName(),
                        "bare",
                        Integer.toString(upstreamPort))),
                Map.of(),
                folder,
                guard::mind);
        try {
            Target target = Target.local(
                    Integer.parseInt(child.line("listening ", START_SECONDS).substring("listening ".length())));
            return new Running(
                    target, Map.of("bare", child.pid()), Optional.empty(), System.nanoTime() - before, List.of(child));
        } catch (IOException failed) {
            child.close();
            throw failed;
        }
    }
}
