package dev.geniehive.kernel.config;

import dev.geniehive.api.host.ConfigView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of this process. Never changes; a changed file makes a new one.
 *
 * <p>Loading never fails: what is wrong is collected, together with what the readers of sections find. Once everyone
 * has read, {@link #check()} tells everything at once. Safe for use by many threads at once.
 */
public final class Configuration {
    private final ConfigSources sources;
    private final Optional<Path> file;
    private final YamlFile content;
    private final Layers layers;
    private final Ledger ledger = new Ledger();
    private final SectionView root;

    private Configuration(ConfigSources sources) {
        this.sources = sources;
        List<ConfigProblem> problems = new ArrayList<>();
        Optional<ConfigSources.Located> located = sources.locate();
        this.file = located.map(ConfigSources.Located::path);
        this.content = located.map(found -> read(found, problems))
                .orElseGet(Configuration::nothing)
                .without(sources.schema().elsewhere());
        this.layers = new Layers(sources);
        problems.forEach(ledger::problem);
        Placeholders placeholders = new Placeholders(sources.home(), base(), sources.environment());
        this.root = new SectionView(new SectionView.Source(layers, placeholders, ledger), "", content.root());
    }

    /** {@return what the sources say now} */
    public static Configuration load(ConfigSources sources) {
        return new Configuration(sources);
    }

    /** {@return a top-level section, read by its owner; an empty view if it is absent} */
    public ConfigView section(String name) {
        return root.section(name);
    }

    /** {@return the section of a plugin that is here} */
    public ConfigView plugin(String id) {
        return root.section("plugins").section(id);
    }

    /** {@return the file that was read; empty if there is none} */
    public Optional<Path> file() {
        return file;
    }

    /** {@return the folder that relative paths in the file are relative to} */
    public Path base() {
        Path folder = file.map(path -> path.toAbsolutePath().getParent()).orElse(null);
        return folder == null ? sources.home() : folder;
    }

    /** {@return what was wrong so far with the file and with values that somebody read} */
    public List<ConfigProblem> problems() {
        return ledger.problems();
    }

    /** {@return the keys that are there and that nobody read so far; to be asked after everyone has read} */
    public List<ConfigProblem> unknownKeys() {
        return unknown().problems();
    }

    /** {@return what passes and is worth a line in the log, for example sections of plugins that are not here} */
    public List<String> notices() {
        return unknown().notices();
    }

    /**
     * Checks everything; to be called after everyone has read.
     *
     * @throws ConfigException with all problems, if there are any
     */
    public void check() {
        List<ConfigProblem> all = new ArrayList<>(problems());
        all.addAll(unknownKeys());
        if (!all.isEmpty()) {
            throw new ConfigException(all);
        }
    }

    /** {@return every value with its origin, by key; secrets masked} */
    public List<ShownKey> show() {
        return values().entrySet().stream()
                .map(entry -> new ShownKey(
                        entry.getKey(),
                        Masking.shown(entry.getKey(), entry.getValue().text()),
                        entry.getValue().origin()))
                .toList();
    }

    /** {@return what holds, by dotted key} */
    Map<String, Node.Scalar> values() {
        return Flat.of(content.root(), layers, ledger);
    }

    ConfigSources sources() {
        return sources;
    }

    /** {@return a hash of the file that was read; empty if there is none} */
    String hash() {
        return content.hash();
    }

    private UnknownKeys.Found unknown() {
        return UnknownKeys.find(content.root(), layers, ledger, sources.schema());
    }

    private static YamlFile read(ConfigSources.Located located, List<ConfigProblem> problems) {
        Origin named = located.named().orElse(null);
        if (named != null && !Files.exists(located.path())) {
            problems.add(new ConfigProblem(named, "", "the file '%s' does not exist".formatted(located.path())));
            return nothing();
        }
        return YamlFile.read(located.path(), problems);
    }

    private static YamlFile nothing() {
        return new YamlFile(Node.Mapping.empty(Origin.DEFAULT), "");
    }
}
