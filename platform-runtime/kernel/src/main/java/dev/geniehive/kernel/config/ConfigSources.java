package dev.geniehive.kernel.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration of this process comes from.
 *
 * @param home the home folder, which may hold a {@code geniehive.yaml}
 * @param environment the environment variables
 * @param file the file that was named by {@code --config}; looked for if absent
 * @param system the file for the whole machine, asked last
 * @param settings values given by flags; of two for one key the later holds
 * @param schema what every process knows
 */
public record ConfigSources(
        Path home,
        Map<String, String> environment,
        @Nullable Path file,
        Path system,
        List<Setting> settings,
        Schema schema) {
    /** The environment variable that names the file. */
    public static final String CONFIG_VARIABLE = "GENIEHIVE_CONFIG";

    /**
     * One value given by a flag.
     *
     * @param key dotted, for example {@code server.port}
     * @param value as text; lists are separated by commas
     * @param flag its name in messages, for example {@code --port}
     */
    public record Setting(String key, String value, String flag) {
        /** {@return the key and the flag, without the value} */
        @Override
        public String toString() {
            return flag + " " + key;
        }
    }

    /**
     * The file to read.
     *
     * @param path what to read
     * @param named who named it, if somebody did; it must then be there
     */
    record Located(Path path, Optional<Origin> named) {}

    public ConfigSources {
        environment = Map.copyOf(environment);
        settings = List.copyOf(settings);
    }

    /** {@return the home folder: {@code GENIEHIVE_HOME}, else below {@code XDG_DATA_HOME}, else below the user's own} */
    public static Path home(Map<String, String> environment, Path userHome) {
        String named = environment.getOrDefault("GENIEHIVE_HOME", "");
        if (!named.isEmpty()) {
            return Path.of(named).toAbsolutePath();
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        return data.startsWith("/")
                ? Path.of(data, "geniehive")
                : userHome.resolve(".local").resolve("share").resolve("geniehive");
    }

    /** {@return the sources without flags} */
    public static ConfigSources of(Path home, Map<String, String> environment) {
        return new ConfigSources(
                home, environment, null, Path.of("/etc/geniehive/geniehive.yaml"), List.of(), Schema.platform());
    }

    /** {@return the same with the file of {@code --config}} */
    public ConfigSources withFile(Path named) {
        return new ConfigSources(home, environment, named, system, settings, schema);
    }

    /** {@return the same with another file for the whole machine} */
    public ConfigSources withSystemFile(Path other) {
        return new ConfigSources(home, environment, file, other, settings, schema);
    }

    /** {@return the same with one more value from a flag} */
    public ConfigSources withSetting(String key, String value, String flag) {
        List<Setting> more = new ArrayList<>(settings);
        more.add(new Setting(key, value, flag));
        return new ConfigSources(home, environment, file, system, more, schema);
    }

    /** {@return the same with several values from flags: dotted keys and their values, of a flag with a name} */
    public ConfigSources withSettings(Map<String, String> values, String flag) {
        ConfigSources all = this;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            all = all.withSetting(entry.getKey(), entry.getValue(), flag);
        }
        return all;
    }

    /** {@return the same for a process that a section of file and environment is not meant for} */
    public ConfigSources without(String section) {
        return withSchema(schema.without(section));
    }

    /** {@return the same with another schema} */
    public ConfigSources withSchema(Schema other) {
        return new ConfigSources(home, environment, file, system, settings, other);
    }

    /** {@return the names of the sources, without the values of flags and variables} */
    @Override
    public String toString() {
        return "home %s, file %s, flags %s"
                .formatted(home, file, settings.stream().map(Setting::flag).toList());
    }

    /** {@return the file to read: the one that was named, or the first that is there} */
    Optional<Located> locate() {
        if (file != null) {
            return Optional.of(new Located(file, Optional.of(new Origin.Flag("--config"))));
        }
        String variable = environment.getOrDefault(CONFIG_VARIABLE, "");
        if (!variable.isEmpty()) {
            return Optional.of(new Located(Path.of(variable), Optional.of(new Origin.Environment(CONFIG_VARIABLE))));
        }
        Path own = home.resolve("geniehive.yaml");
        if (Files.exists(own)) {
            return Optional.of(new Located(own, Optional.empty()));
        }
        return Files.exists(system) ? Optional.of(new Located(system, Optional.empty())) : Optional.empty();
    }
}
