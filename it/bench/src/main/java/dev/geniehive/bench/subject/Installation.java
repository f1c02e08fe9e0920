package dev.geniehive.bench.subject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An unpacked distribution of GenieHive.
 *
 * @param root the folder with {@code bin} in it
 */
public record Installation(Path root) {
    /** {@return what is in the zip, unpacked below this folder} */
    public static Installation unpack(Path zip, Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                unpack(file, entries.nextElement(), folder);
            }
        }
        try (var children = Files.list(folder)) {
            Path root = children.findFirst().orElseThrow(() -> new IOException(zip + " is empty"));
            if (!root.resolve("bin/geniehive").toFile().setExecutable(true)) {
                throw new IOException("bin/geniehive cannot be made executable in " + root);
            }
            return new Installation(root);
        }
    }

    String command() {
        return root.resolve("bin/geniehive").toString();
    }

    /** {@return whether its command knows this one} */
    public boolean knows(String word) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(), word, "--help")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment());
        Process process = builder.start();
        try {
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    static Map<String, String> environment() {
        return Map.of(
                "GENIEHIVE_JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")), "GENIEHIVE_AOT", "off");
    }

    private static void unpack(ZipFile file, ZipEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("%s leads out of the folder".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, target);
        }
    }
}
