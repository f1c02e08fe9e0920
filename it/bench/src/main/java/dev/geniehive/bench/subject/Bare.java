package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JVMs that only copy bytes, run as GenieHive is: a proxy on virtual threads can hardly be quicker, so they tell what of a
 * figure is the JVM's and what is ours. One of them is beside {@code geniehive}, two in a row beside
 * {@code geniehive-link}.
 *
 * @param main the class that is started, with {@code bare PORT}
 * @param hops how many in a row
 */
public record Bare(String name, Class<?> main, int hops, int upstreamPort, Pins pins, UpstreamProcess guard)
        implements Subject {
    private static final List<String> LIKE_GENIEHIVE =
            List.of("-XX:+UseCompactObjectHeaders", "-Xms64m", "-Djdk.pollerMode=1");

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public Running start(Path folder) throws IOException, InterruptedException {
        long before = System.nanoTime();
        List<Child> children = new ArrayList<>();
        try {
            int port = upstreamPort;
            for (int hop = 1; hop <= hops; hop++) {
                List<String> words = List.of("bare", Integer.toString(port));
                Child child =
                        OwnProgram.start(main, LIKE_GENIEHIVE, words, pins, folder.resolve("hop-" + hop), guard::mind);
                children.add(child);
                port = OwnProgram.ports(child).getFirst();
            }
            return new Running(
                    Target.local(port),
                    pids(children),
                    Optional.empty(),
                    System.nanoTime() - before,
                    List.copyOf(children));
        } catch (IOException failed) {
            children.forEach(Child::close);
            throw failed;
        }
    }

    private static Map<String, Long> pids(List<Child> children) {
        Map<String, Long> pids = new LinkedHashMap<>();
        children.forEach(child -> pids.put("bare " + (pids.size() + 1), child.pid()));
        return pids;
    }
}
