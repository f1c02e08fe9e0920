package dev.geniehive.kernel.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Single values from the sources around the file: flags and environment above it, defaults below it. Environment
 * variables are matched from the key to the variable, so that dashes and dots need no guessing.
 */
final class Layers {
    private static final Set<String> NOT_CONFIGURATION = Set.of(
            "GENIEHIVE_HOME",
            "GENIEHIVE_CONFIG",
            "GENIEHIVE_JAVA_HOME",
            "GENIEHIVE_JAVA_OPTS",
            "GENIEHIVE_AOT",
            "GENIEHIVE_API_KEY",
            "GENIEHIVE_ADMIN_KEY",
            "GENIEHIVE_URL",
            "GENIEHIVE_TOKEN");

    private final Map<String, Node.Scalar> flags = new HashMap<>();
    private final Map<String, Node.Scalar> variables = new HashMap<>();
    private final Map<String, Node.Scalar> defaults = new HashMap<>();

    Layers(ConfigSources sources) {
        for (ConfigSources.Setting setting : sources.settings()) {
            flags.put(setting.key(), new Node.Scalar(setting.value(), new Origin.Flag(setting.flag())));
        }
        sources.environment().forEach((name, value) -> {
            boolean counts = name.startsWith(Paths.PREFIX) && !NOT_CONFIGURATION.contains(name);
            if (counts && !value.isEmpty() && !isElsewhere(name, sources.schema())) {
                variables.put(name, new Node.Scalar(value, new Origin.Environment(name)));
            }
        });
        sources.schema().defaults().forEach((key, value) -> defaults.put(key, new Node.Scalar(value, Origin.DEFAULT)));
    }

    /** {@return what holds for a key: flag, environment, what the file says, default} */
    Optional<Node> find(String path, @Nullable Node written) {
        return override(path)
                .or(() -> Optional.ofNullable(written).filter(node -> !isNothing(node)))
                .or(() -> Optional.ofNullable(defaults.get(path)));
    }

    /** {@return what a flag or the environment says} */
    Optional<Node> override(String path) {
        Node.Scalar flag = flags.get(path);
        return Optional.ofNullable(flag == null ? variables.get(Paths.variable(path)) : flag);
    }

    /** {@return the values of all flags} */
    Map<String, Node.Scalar> flags() {
        return flags;
    }

    /** {@return the values of all variables that may be configuration} */
    Map<String, Node.Scalar> variables() {
        return variables;
    }

    Set<String> defaultKeys() {
        return defaults.keySet();
    }

    /** {@return the keys right below a section that flags give} */
    List<String> keysBelow(String path) {
        String prefix = path + ".";
        return new TreeSet<>(flags.keySet())
                .stream()
                        .filter(key -> key.startsWith(prefix))
                        .map(key -> Paths.top(key.substring(prefix.length())))
                        .distinct()
                        .toList();
    }

    private static boolean isElsewhere(String variable, Schema schema) {
        return schema.elsewhere().stream().anyMatch(section -> variable.startsWith(Paths.variable(section) + "_"));
    }

    static boolean isNothing(Node node) {
        return node instanceof Node.Scalar scalar && scalar.nothing();
    }
}
