package dev.geniehive.agent.discovery;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.kernel.config.Secret;
import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * @param controls control planes elsewhere that this machine is to belong to
 * @param queues whose requests this machine works on; {@code shared} if absent
 */
public record AgentConfig(
        String name,
        Map<String, String> labels,
        boolean discover,
        Simulator simulator,
        List<ServiceSpec> services,
        Controls controls,
        List<String> queues) {
    /** What a queue may be called. */
    private static final String QUEUE = "[a-z0-9][a-z0-9-]{0,62}";

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    public AgentConfig {
        labels = Map.copyOf(labels);
        services = List.copyOf(services);
        queues = List.copyOf(queues);
    }

    /** A machine that belongs to no control plane elsewhere. */
    public AgentConfig(
            String name,
            Map<String, String> labels,
            boolean discover,
            Simulator simulator,
            List<ServiceSpec> services) {
        this(name, labels, discover, simulator, services, Controls.NONE, Terms.NONE.queues());
    }

    /**
     * Control planes elsewhere.
     *
     * @param urls where they are, without a trailing slash; the one to join among them
     * @param join the one that this machine was invited to, if it was
     * @param token what it was invited with; taken for all of them where none is named. Never printed
     */
    public record Controls(List<URI> urls, Optional<URI> join, Optional<Secret> token) {
        public static final Controls NONE = new Controls(List.of(), Optional.empty(), Optional.empty());

        public Controls {
            urls = List.copyOf(urls);
        }

        /** {@return what to show one of them, if this machine was invited there} */
        public Optional<Secret> tokenFor(URI url) {
            return join.stream().allMatch(url::equals) ? token : Optional.empty();
        }
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
                services(config),
                controls(config),
                queues(config));
    }

    private static List<String> queues(ConfigView config) {
        List<String> queues = config.strings("queues").stream().distinct().toList();
        for (String queue : queues) {
            if (!queue.matches(QUEUE)) {
                config.reject("queues", "a queue is called by letters, digits and dashes, was '%s'".formatted(queue));
            }
        }
        return queues.isEmpty() ? Terms.NONE.queues() : queues;
    }

    private static Controls controls(ConfigView config) {
        Set<URI> urls = new LinkedHashSet<>();
        for (String text : config.strings("control")) {
            Optional<URI> url = address(text);
            url.ifPresentOrElse(urls::add, () -> rejectAddress(config, "control", text));
        }
        Optional<String> joinText = config.string("join");
        Optional<URI> join = joinText.flatMap(AgentConfig::address);
        join.ifPresentOrElse(urls::add, () -> joinText.ifPresent(text -> rejectAddress(config, "join", text)));
        Optional<String> token = config.string("join-token");
        if (token.stream().anyMatch(text -> text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 127))) {
            config.reject("join-token", "must be one word, as geniehive node invite prints it");
            token = Optional.empty();
        }
        return new Controls(List.copyOf(urls), join, token.map(Secret::new));
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
        Optional<URI> base = address(text);
        if (base.isEmpty()) {
            rejectAddress(section, "url", text);
        }
        return base;
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            return web && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException noUri) {
            return Optional.empty();
        }
    }

    private static void rejectAddress(ConfigView section, String key, String text) {
        section.reject(key, "must be like http://127.0.0.1:8080, without user and query, was '%s'".formatted(text));
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
