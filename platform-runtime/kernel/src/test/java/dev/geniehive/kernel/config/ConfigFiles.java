package dev.geniehive.kernel.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A home folder with a configuration file in it. */
record ConfigFiles(Path home, Map<String, String> environment) {
    ConfigFiles(Path home) {
        this(home, Map.of());
    }

    ConfigFiles with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new ConfigFiles(home, more);
    }

    ConfigSources sources() {
        return ConfigSources.of(home, environment).withSystemFile(home.resolve("system.yaml"));
    }

    Configuration load() {
        return Configuration.load(sources());
    }

    Configuration load(String yaml) {
        write(yaml);
        return load();
    }

    void write(String yaml) {
        try {
            Files.writeString(file(), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return home.resolve("geniehive.yaml");
    }
}
