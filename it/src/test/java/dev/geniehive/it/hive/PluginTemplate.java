package dev.geniehive.it.hive;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The project in {@code plugin-template}, built as its pom says, but without Maven.
 *
 * @param folder where it lies
 */
record PluginTemplate(Path folder) {
    private static final Pattern ENTRY = Pattern.compile("<(Plugin-[A-Za-z-]+)>(.*?)</\\1>");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z.]+)}");

    /** {@return the one of this checkout} */
    static PluginTemplate here() {
        return new PluginTemplate(Path.of(requireNonNull(
                        System.getProperty("geniehive.checkout"), "geniehive.checkout is not set: run this by Maven"))
                .resolve("plugin-template"));
    }

    /**
     * {@return its jar, compiled against the platform API of a distribution}
     *
     * @param work an empty folder
     */
    Path jar(Path distribution, Path work) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        compile(distribution, classes);
        Path jar = work.resolve("prefer-host.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest())) {
            for (Path entry : files(classes)) {
                out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                Files.copy(entry, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private void compile(Path distribution, Path classes) throws IOException {
        String modulePath = files(distribution.resolve("lib")).stream()
                .filter(PluginTemplate::isNeeded)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>(
                List.of("--release", "25", "-Xlint:all", "-cp", "", "-p", modulePath, "-d", classes.toString()));
        files(folder.resolve("src/main/java")).forEach(source -> arguments.add(source.toString()));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IOException("the template does not compile: " + messages.toString(StandardCharsets.UTF_8));
        }
    }

    /** The API, and the annotations in it: they are read by the compiler and never when a plugin runs. */
    private static boolean isNeeded(Path library) {
        String name = requireNonNull(library.getFileName()).toString();
        return name.startsWith("geniehive-api-") || name.startsWith("jspecify-");
    }

    private Manifest manifest() throws IOException {
        String pom = Files.readString(folder.resolve("pom.xml"));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        ENTRY.matcher(pom).results().forEach(entry -> attributes.putValue(entry.group(1), filled(entry.group(2), pom)));
        return manifest;
    }

    private static String filled(String value, String pom) {
        return PLACEHOLDER.matcher(value).replaceAll(found -> property(found, pom));
    }

    private static String property(MatchResult placeholder, String pom) {
        String element = Pattern.quote(placeholder.group(1).replace("project.", ""));
        return Pattern.compile("<%s>(.*?)</%s>".formatted(element, element))
                .matcher(pom)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
