package dev.geniehive.kernel.access;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file {@code credentials} in the home folder: a line {@code admin-key: KEY}, for its owner only.
 *
 * @param path where it is
 */
record CredentialsFile(Path path) {
    private static final String NAME = "admin-key:";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    /**
     * {@return what stands behind {@code admin-key:}, which may be nothing; empty if there is no file}
     *
     * @param notices gets a sentence if others could read the file, which is repaired
     */
    Optional<String> read(List<String> notices) throws IOException {
        try {
            String key = Files.readAllLines(path).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith(NAME))
                    .map(line -> line.substring(NAME.length()).strip())
                    .findFirst()
                    .orElse("");
            close(notices);
            return Optional.of(key);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** {@return whether the file was made; false if somebody else made it meanwhile. It is never seen half written} */
    boolean create(String key) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(path + " has no folder");
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder.getRoot(), OWNER_FOLDER));
        }
        Path draft = Files.createTempFile(folder, ".credentials", ".tmp", attributes(folder, OWNER_ONLY));
        try {
            Files.writeString(
                    draft,
                    "# The operator's key of this GenieHive. Keep it to yourself.\n%s %s\n".formatted(NAME, key));
            return publish(draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private boolean publish(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (IOException | UnsupportedOperationException _) {
            Files.move(draft, path);
        }
        return true;
    }

    private void close(List<String> notices) throws IOException {
        if (!isPosix(path) || OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
            return;
        }
        Files.setPosixFilePermissions(path, OWNER_ONLY);
        notices.add(
                "Other users could read %s; now only its owner can. If they may have, remove it and start again to have a new key made"
                        .formatted(path));
    }

    private static FileAttribute<?>[] attributes(Path where, Set<PosixFilePermission> permissions) {
        return isPosix(where)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path where) {
        return where.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
