package dev.geniehive.agent.discovery;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A section that writes down what is rejected in it and in all below it. */
record RejectingConfig(ConfigView view, List<String> rejected) implements ConfigView {
    @Override
    public Optional<String> string(String key) {
        return view.string(key);
    }

    @Override
    public Json json(String key) {
        return view.json(key);
    }

    @Override
    public OptionalInt integer(String key) {
        return view.integer(key);
    }

    @Override
    public Optional<Boolean> bool(String key) {
        return view.bool(key);
    }

    @Override
    public Optional<Duration> duration(String key) {
        return view.duration(key);
    }

    @Override
    public OptionalLong bytes(String key) {
        return view.bytes(key);
    }

    @Override
    public List<String> strings(String key) {
        return view.strings(key);
    }

    @Override
    public ConfigView section(String key) {
        return new RejectingConfig(view.section(key), rejected);
    }

    @Override
    public List<ConfigView> sections(String key) {
        return view.sections(key).stream()
                .<ConfigView>map(section -> new RejectingConfig(section, rejected))
                .toList();
    }

    @Override
    public List<String> keys() {
        return view.keys();
    }

    @Override
    public void reject(String key, String why) {
        rejected.add(key);
    }
}
