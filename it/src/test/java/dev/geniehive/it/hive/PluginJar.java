package dev.geniehive.it.hive;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;

/**
 * A plugin as its author makes it: compiled against the API's jar, packed with a manifest. Unless told otherwise it is a
 * client API that answers {@code GET /v1/hello} with its version.
 */
final class PluginJar {
    private static final String FACADE = """
            package %1$s;
            import static dev.geniehive.api.spi.ExtensionPoint.API_FACADE;
            import dev.geniehive.api.spi.*;
            import java.util.List;
            public final class Main implements GeniePlugin {
                public Main() { %2$s }
                @Override public List<Extension<?, ?>> extensions() {
                    return List.of(API_FACADE.named("%5$s", context -> new HelloFacade()));
                }
            }
            final class HelloFacade implements ApiFacade {
                @Override public List<Route> routes() {
                    return List.of(Route.get("/v1/%3$s", request -> Answer.text(200, "text/plain", "%3$s %4$s")));
                }
            }
            """;

    private final String id;
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private String route = "hello";
    private String constructor = "";
    private String module;
    private String version = "";

    PluginJar(String id) {
        this.id = id;
        this.module =
                "requires dev.geniehive.api; provides dev.geniehive.api.spi.GeniePlugin with %s.Main;".formatted(id);
        manifest("Plugin-Id", id);
        manifest("Plugin-Requires", ">=0.1.0 & <0.2.0");
        version("1.0.0");
    }

    PluginJar version(String next) {
        version = next;
        return manifest("Plugin-Version", next);
    }

    PluginJar manifest(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    PluginJar without(String name) {
        manifest.remove(name);
        return this;
    }

    PluginJar answering(String next) {
        route = next;
        return this;
    }

    /** What happens when the plugin is made. */
    PluginJar making(String statements) {
        constructor = statements;
        return this;
    }

    /** What its module says; nothing: it is no module. */
    PluginJar module(String directives) {
        module = directives;
        return this;
    }

    /** Makes it and puts it in place at once. */
    void into(Path distribution, Path target) throws IOException {
        Path work = Files.createTempDirectory("plugin");
        Path classes = compile(distribution, work);
        Path made = work.resolve("made.jar");
        Manifest text = new Manifest();
        text.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach(text.getMainAttributes()::putValue);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(made), text)) {
            for (Path file : files(classes)) {
                jar.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        Files.createDirectories(target.getParent());
        Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path compile(Path distribution, Path work) throws IOException {
        Path main = work.resolve("src/Main.java");
        Files.createDirectories(main.getParent());
        Files.writeString(main, FACADE.formatted(id, constructor, route, version, id.replace('.', '-')));
        String lib = distribution.resolve("lib").toString();
        Path classes = work.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of(
                "--release", "25", "-proc:none", "-nowarn", "-Xlint:none", "-d", classes.toString(), "-p", lib));
        if (module.isEmpty()) {
            arguments.addAll(List.of("--add-modules", "dev.geniehive.api"));
        } else {
            Path info =
                    Files.writeString(work.resolve("src/module-info.java"), "module %s { %s }".formatted(id, module));
            arguments.add(info.toString());
        }
        arguments.add(main.toString());
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        if (ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalArgumentException("does not compile: " + said);
        }
        return classes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
