package dev.geniehive.agent.join;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that only its owner can read, in a folder of the same kind. It is seen either as it was or as it is, never half
 * written, also after the power failed.
 *
 * @param path where it is
 */
record OwnersFile(Path path) {
    private static final Logger log = LoggerFactory.getLogger(OwnersFile.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    /** @throws UncheckedIOException if it cannot be written; the message names the file */
    void write(byte[] content) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException(path + " has no folder");
            }
            prepare(folder);
            Path draft = Files.createTempFile(folder, ".control-planes", ".tmp", attributes(folder));
            try {
                writeThrough(draft, content);
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            settle(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(path, failed), failed);
        }
    }

    private static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (isPosix(folder) && !FOLDER.containsAll(Files.getPosixFilePermissions(folder))) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    private static void writeThrough(Path draft, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** Not every system can do that for a folder; the file itself is safe by then. */
    private static void settle(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            log.debug("The folder {} was not synchronised: {}", folder, unsupported.toString());
        }
    }

    private static FileAttribute<?>[] attributes(Path folder) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path where) {
        return where.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
