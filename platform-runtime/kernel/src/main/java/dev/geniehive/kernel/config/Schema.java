package dev.geniehive.kernel.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What every process knows about the configuration as a whole.
 *
 * @param sections the top-level sections of all assemblies; one that nobody reads here passes, so that one file can
 *     serve every machine
 * @param defaults the values that hold where nobody said anything, by dotted key
 * @param unwritten keys that flags and the environment may give and the file may not
 * @param elsewhere sections of which file and environment speak to another process; here, flags and defaults count
 */
public record Schema(Set<String> sections, Map<String, String> defaults, Set<String> unwritten, Set<String> elsewhere) {
    public Schema {
        sections = Set.copyOf(sections);
        unwritten = Set.copyOf(unwritten);
        elsewhere = Set.copyOf(elsewhere);
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    }

    /** {@return the platform's own, as {@code docs/configuration.md} tells it} */
    public static Schema platform() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("server.host", "127.0.0.1");
        defaults.put("server.port", "7833");
        defaults.put("server.max-body", "32MiB");
        defaults.put("server.max-upload", "1GiB");
        defaults.put("server.body-memory", "256MiB");
        defaults.put("server.max-headers", "32KiB");
        defaults.put("server.max-connections", "10000");
        defaults.put("server.drain-timeout", "30s");
        defaults.put("server.write-timeout", "30s");
        defaults.put("access.require-keys", "auto");
        defaults.put("heartbeat.interval", "1s");
        defaults.put("heartbeat.lost-after", "5s");
        defaults.put("routing.ranking", "loaded-first");
        defaults.put("routing.load", "on-demand");
        defaults.put("routing.attempts", "3");
        defaults.put("routing.connect-timeout", "2s");
        defaults.put("routing.first-byte-timeout", "5m");
        defaults.put("routing.stream-idle-timeout", "2m");
        defaults.put("routing.max-queue", "512");
        defaults.put("routing.queue-timeout", "60s");
        defaults.put("agent.discover", "true");
        defaults.put("agent.simulator", "auto");
        return new Schema(
                Set.of(
                        "server",
                        "access",
                        "store",
                        "heartbeat",
                        "routing",
                        "roles",
                        "queues",
                        "agent",
                        "plugins",
                        "gpu"),
                defaults,
                Set.of("agent.join", "agent.join-token"),
                Set.of());
    }

    /** {@return the same and one more default} */
    public Schema with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(defaults);
        more.put(key, value);
        return new Schema(sections, more, unwritten, elsewhere);
    }

    /** {@return the same for a process that a section of the file is not meant for} */
    public Schema without(String section) {
        Set<String> more = new HashSet<>(elsewhere);
        more.add(section);
        return new Schema(sections, defaults, unwritten, more);
    }
}
