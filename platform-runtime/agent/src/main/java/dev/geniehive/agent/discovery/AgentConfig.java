package dev.geniehive.agent.discovery;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Section {@code agent} of the configuration.
 *
 * @param name what this machine is called; its host name if absent
 * @param labels the operator's own words about it
 * @param discover whether to look for engines on the usual ports; true if absent
 * @param simulator when the built-in simulator serves; {@code auto} if absent
 * @param services servers that are adopted by hand
 */
public record AgentConfig(
        String name, Map<String, String> labels, boolean discover, Simulator simulator, List<ServiceSpec> services) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    public AgentConfig {
        labels = Map.copyOf(labels);
        services = List.copyOf(services);
    }

    /** When the simulator serves. */
    public enum Simulator {
        /** Where there is no engine. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /**
     * {@return what a section says; what is not acceptable is rejected there with its place}
     *
     * @param hostName what this machine is called where the section gives no name
     */
    public static AgentConfig from(ConfigView config, String hostName) {
        String name = config.string("name").orElse(hostName);
        if (!name.matches(NAME)) {
            config.reject("name", "must be letters, digits, dots, dashes and underscores, was '%s'".formatted(name));
        }
        return new AgentConfig(
                name,
                strings(config.section("labels")),
                config.bool("discover").orElse(true),
                simulator(config),
                services(config));
    }

    private static Simulator simulator(ConfigView config) {
        String text = config.string("simulator").orElse("auto");
        try {
            return Simulator.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            config.reject("simulator", "must be auto, always or never, was '%s'".formatted(text));
            return Simulator.AUTO;
        }
    }

    private static List<ServiceSpec> services(ConfigView config) {
        List<ServiceSpec> services = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigView section : config.sections("services")) {
            Optional<URI> base = base(section);
            String name = section.string("name").orElse("");
            if (!name.matches(NAME)) {
                section.reject("name", "a service needs a name of letters, digits, dots, dashes and underscores");
            } else if (!names.add(name)) {
                section.reject("name", "another service is called '%s' already".formatted(name));
            }
            Terms terms = terms(section);
            Optional<String> engine = section.string("engine");
            Optional<String> key = section.string("api-key");
            base.ifPresent(
                    uri -> services.add(new ServiceSpec(name, engine, uri, terms, key, ServiceSpec.Origin.CONFIGURED)));
        }
        return services;
    }

    private static Optional<URI> base(ConfigView section) {
        String text = section.string("url").orElse("");
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return Optional.of(uri);
            }
        } catch (java.net.URISyntaxException noUri) {
            // The message below says what is expected.
        }
        section.reject("url", "must be like http://127.0.0.1:8080, without user and query, was '%s'".formatted(text));
        return Optional.empty();
    }

    private static Terms terms(ConfigView section) {
        OptionalInt maxConcurrent = section.integer("max-concurrent");
        if (maxConcurrent.isPresent() && maxConcurrent.getAsInt() < 1) {
            section.reject("max-concurrent", "must be at least 1, was %d".formatted(maxConcurrent.getAsInt()));
        }
        int cost = section.integer("cost").orElse(0);
        if (cost < 0) {
            section.reject("cost", "must be at least 0, was %d".formatted(cost));
        }
        return new Terms(
                strings(section.section("aliases")),
                section.integer("priority").orElse(0),
                cost,
                maxConcurrent,
                section.string("exposure").orElse(Terms.NONE.exposure()));
    }

    private static Map<String, String> strings(ConfigView section) {
        Map<String, String> strings = new LinkedHashMap<>();
        section.keys().forEach(key -> section.string(key).ifPresent(value -> strings.put(key, value)));
        return strings;
    }
}
