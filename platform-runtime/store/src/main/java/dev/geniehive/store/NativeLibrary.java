package dev.geniehive.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library of the driver, kept beside the database. The driver itself unpacks it into the temporary folder at
 * every start, compares the copy byte by byte, and runs a program to learn what system this is.
 *
 * <p>Only on the systems that most people have; elsewhere, and whenever something goes wrong, the driver does as it
 * always does.
 */
final class NativeLibrary {
    private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String DRIVER = "org.xerial.sqlitejdbc";
    private static final String NAME = "libsqlitejdbc.so";

    /** What the driver asks for. */
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Tells the driver where its library lies, once for a process, and unpacks it if it is not there yet. */
    static void prepare(Path database, Properties system) {
        if (system.containsKey(FOLDER_PROPERTY)) {
            return;
        }
        try {
            Optional<String> inside = inside(system.getProperty("os.name", ""), system.getProperty("os.arch", ""));
            Optional<ResolvedModule> driver = ModuleLayer.boot().configuration().findModule(DRIVER);
            if (inside.isPresent() && driver.isPresent()) {
                Path folder = folder(database, driver.get());
                unpack(inside.get(), folder);
                system.setProperty(FOLDER_PROPERTY, folder.toString());
            }
        } catch (IOException cannot) {
            log.debug("The database driver's library is not kept: {}", cannot.toString());
        }
    }

    /** {@return where the driver's jar has the library for a system, if that is one with the usual C library} */
    static Optional<String> inside(String os, String arch) {
        if (!os.equals("Linux")) {
            return Optional.empty();
        }
        return switch (arch) {
            case "amd64" -> inside("x86_64", Path.of("/lib64/ld-linux-x86-64.so.2"));
            case "aarch64" -> inside("aarch64", Path.of("/lib/ld-linux-aarch64.so.1"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> inside(String folder, Path loader) {
        return Files.exists(loader)
                ? Optional.of("org/sqlite/native/Linux/%s/%s".formatted(folder, NAME))
                : Optional.empty();
    }

    /** Another driver, or another system that shares the folder, has another one. */
    private static Path folder(Path database, ResolvedModule driver) throws IOException {
        URI location = driver.reference().location().orElseThrow(() -> new IOException("the driver has no file"));
        Path jar = Path.of(location);
        return database.resolveSibling(database.getFileName() + ".driver")
                .resolve("%s-%d-%s"
                        .formatted(
                                jar.getFileName().toString().replace(".jar", ""),
                                Files.size(jar),
                                System.getProperty("os.arch")));
    }

    private static void unpack(String inside, Path folder) throws IOException {
        Path library = folder.resolve(NAME);
        if (Files.exists(library)) {
            return;
        }
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "unpacking-", ".tmp");
        try {
            write(inside, fresh);
            Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void write(String inside, Path file) throws IOException {
        Module driver = ModuleLayer.boot().findModule(DRIVER).orElseThrow();
        try (InputStream in = driver.getResourceAsStream(inside);
                FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (in == null) {
                throw new IOException("the driver has no " + inside);
            }
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }
}
