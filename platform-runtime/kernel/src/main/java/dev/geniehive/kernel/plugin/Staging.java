package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.BAD_ARCHIVE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Private copies of dropped files, each in a folder named after the hash of its content, so that a dropped file can be
 * overwritten under a running plugin.
 *
 * <p>A zip is unpacked flat: only jars at its root and in {@code lib/} are looked at, and by their last name, so no
 * entry can leave the folder.
 */
final class Staging {
    private static final long MAX_UNPACKED_BYTES = 2L << 30;

    private final Path work;

    Staging(Path work) {
        this.work = work;
    }

    /**
     * A copy.
     *
     * @param hash of the dropped file's content
     * @param jars the plugin's own first
     */
    record Copy(String hash, List<Path> jars) {}

    Copy stage(Path file) throws IOException, Refused {
        Files.createDirectories(work);
        Path copy = Files.createTempFile(work, "reading-", ".tmp");
        try {
            String hash = copy(file, copy);
            return new Copy(hash, stage(file, copy, work.resolve(hash)));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Deletes copies that earlier runs of this process left behind. */
    void keepOnly(Set<String> hashes) throws IOException {
        if (!Files.isDirectory(work)) {
            return;
        }
        List<Path> stale;
        try (Stream<Path> children = Files.list(work)) {
            stale = children.filter(
                            child -> !hashes.contains(child.getFileName().toString()))
                    .toList();
        }
        for (Path child : stale) {
            deleteTree(child);
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            Files.copy(from, out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private List<Path> stage(Path file, Path copy, Path folder) throws IOException, Refused {
        boolean zip = file.getFileName().toString().endsWith(".zip");
        try (ZipFile content = new ZipFile(copy.toFile())) {
            if (!Files.isDirectory(folder)) {
                Path fresh = Files.createTempDirectory(work, "unpacking-");
                if (zip) {
                    unpack(content, fresh);
                } else {
                    Files.copy(copy, fresh.resolve(file.getFileName()));
                }
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        List<Path> jars = new ArrayList<>(jarsIn(folder));
        if (jars.size() != 1) {
            throw new Refused(
                    BAD_ARCHIVE,
                    "%s has %d jars at its root; a plugin's zip has its own jar there and libraries in lib/"
                            .formatted(file.getFileName(), jars.size()));
        }
        jars.addAll(jarsIn(folder.resolve("lib")));
        return List.copyOf(jars);
    }

    private static void unpack(ZipFile zip, Path folder) throws IOException {
        Path libraries = Files.createDirectory(folder.resolve("lib"));
        long left = MAX_UNPACKED_BYTES;
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            boolean library = name.startsWith("lib/");
            String last = library ? name.substring("lib/".length()) : name;
            if (!last.endsWith(".jar") || last.contains("/") || last.contains("\\")) {
                continue;
            }
            Path target = (library ? libraries : folder).resolve(last);
            left -= write(zip, entry, target, left);
        }
    }

    private static long write(ZipFile zip, ZipEntry entry, Path target, long limit) throws IOException {
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[64 * 1024];
            long written = 0;
            for (int read; (read = in.read(buffer)) >= 0; written += read) {
                if (written + read > limit) {
                    throw new IOException("unpacks to more than %d bytes".formatted(MAX_UNPACKED_BYTES));
                }
                out.write(buffer, 0, read);
            }
            return written;
        }
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted((one, other) -> other.compareTo(one)).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
