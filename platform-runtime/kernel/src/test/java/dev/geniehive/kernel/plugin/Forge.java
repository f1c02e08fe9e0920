package dev.geniehive.kernel.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes real plugins from source strings, with the real compiler.
 *
 * <p>What it makes by default offers one GPU probe named {@code probe} that answers "absent", with its version and what
 * the configuration says under {@code say} as the reason.
 */
final class Forge {
    private final String module;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final List<Path> modulePath = new ArrayList<>();
    private String directives;

    private Forge(String module) {
        this.module = module;
        this.directives = "requires dev.geniehive.api; provides dev.geniehive.api.spi.GeniePlugin with %s.Main;"
                .formatted(module);
        manifest.put("Plugin-Id", module);
        manifest.put("Plugin-Requires", ">=0.1.0 & <0.2.0");
        version("1.0.0");
        offering("probe");
    }

    static Forge plugin(String module) {
        return new Forge(module);
    }

    /** A plain library: a module that exports a package with one class that says its name. */
    static Forge library(String module, String exported) {
        Forge forge = new Forge(module);
        forge.manifest.clear();
        forge.sources.clear();
        return forge.directives("exports %s;".formatted(exported))
                .source(
                        exported + ".Library",
                        "package %s; public final class Library { public static String name() { return \"%s\"; } }"
                                .formatted(exported, module));
    }

    Forge version(String version) {
        return manifest("Plugin-Version", version);
    }

    Forge manifest(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    Forge withoutDescriptor() {
        manifest.clear();
        return this;
    }

    Forge directives(String text) {
        directives = text;
        return this;
    }

    Forge alsoRequires(String name) {
        return directives(directives + " requires " + name + ";");
    }

    Forge source(String type, String text) {
        sources.put(type, text);
        return this;
    }

    Forge compiledWith(Path jar) {
        modulePath.add(jar);
        return this;
    }

    /** The plugin class offers GPU probes under these names. */
    Forge offering(String... names) {
        return body(Stream.of(names)
                .map("GPU_PROBE.named(\"%s\", Probe::new)"::formatted)
                .reduce((one, other) -> one + ", " + other)
                .map("public List<Extension<?, ?>> extensions() { return List.of(%s); }"::formatted)
                .orElseThrow());
    }

    /** The body of the plugin class. */
    Forge body(String members) {
        return main("public final class Main implements GeniePlugin", members)
                .probe("config.string(\"say\").orElse(\"\")");
    }

    Forge main(String head, String members) {
        return source(module + ".Main", header() + head + " { " + members + " }");
    }

    /** What the probe says after the version: an expression, with {@code config} at hand. */
    Forge probe(String expression) {
        return source(module + ".Probe", header() + """
                        final class Probe implements GpuProbe {
                            private final ConfigView config;
                            Probe(ExtensionContext context) { config = context.config(); }
                            @Override public GpuReading read() {
                                return new GpuReading.Absent(VERSION + " " + %s);
                            }
                            static final String VERSION = "%s";
                        }
                        """.formatted(expression, "@version@"));
    }

    private String header() {
        return """
                package %s;
                import static dev.geniehive.api.spi.ExtensionPoint.*;
                import dev.geniehive.api.host.*;
                import dev.geniehive.api.model.*;
                import dev.geniehive.api.spi.*;
                import java.util.*;
                """.formatted(module);
    }

    /** Writes a jar, and puts it in place at once. */
    Path jar(Path target) {
        try {
            Path work = Files.createTempDirectory("forge");
            Path classes = compile(work);
            Path made = work.resolve("made.jar");
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(made), manifest())) {
                addAll(jar, classes);
            }
            place(made, target);
            deleteTree(work);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a zip with this plugin's jar at its root and others in {@code lib/}. */
    Path zip(Path target, Path... libraries) {
        try {
            Path work = Files.createTempDirectory("forge");
            Path own = jar(work.resolve(module + ".jar"));
            Path made = work.resolve("made.zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(made))) {
                add(zip, own.getFileName().toString(), own);
                for (Path library : libraries) {
                    add(zip, "lib/" + library.getFileName(), library);
                }
            }
            place(made, target);
            deleteTree(work);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path compile(Path work) throws IOException {
        Path src = Files.createDirectories(work.resolve("src"));
        List<String> arguments = new ArrayList<>(List.of("--release", "25", "-proc:none", "-nowarn", "-d"));
        Path classes = Files.createDirectories(work.resolve("classes"));
        arguments.add(classes.toString());
        arguments.add("-p");
        String extra = Stream.concat(Stream.of(System.getProperty("jdk.module.path")), modulePath.stream())
                .map(Object::toString)
                .reduce((one, other) -> one + java.io.File.pathSeparator + other)
                .orElseThrow();
        arguments.add(extra);
        if (!directives.isEmpty()) {
            arguments.add(write(src, "module-info", "module %s { %s }".formatted(module, directives)));
        } else {
            arguments.addAll(List.of("--add-modules", "dev.geniehive.api"));
        }
        for (Map.Entry<String, String> source : sources.entrySet()) {
            String text = source.getValue().replace("@version@", manifest.getOrDefault("Plugin-Version", ""));
            arguments.add(write(src, source.getKey().replace('.', '/'), text));
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalArgumentException("does not compile: " + said);
        }
        return classes;
    }

    private static String write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name + ".java");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private Manifest manifest() {
        Manifest made = new Manifest();
        made.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach(made.getMainAttributes()::putValue);
        return made;
    }

    private static void addAll(ZipOutputStream zip, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            add(zip, folder.relativize(file).toString().replace('\\', '/'), file);
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        copy(file, zip);
        zip.closeEntry();
    }

    private static void copy(Path file, OutputStream out) throws IOException {
        Files.copy(file, out);
    }

    private static void place(Path made, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
