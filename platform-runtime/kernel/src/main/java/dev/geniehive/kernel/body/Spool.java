package dev.geniehive.kernel.body;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of the spool files. It belongs to one process, which empties it when it starts. */
final class Spool {
    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final String SUFFIX = ".body";

    private final Path directory;
    private final Budget disk;
    private final AtomicLong counter = new AtomicLong();

    Spool(Path directory, Budget disk) throws IOException {
        this.directory = directory;
        this.disk = disk;
        Files.createDirectories(directory, permissions(directory, "rwx------"));
        clear();
    }

    /** Deletes what a process before this one left behind; files of other names stay. */
    void clear() throws IOException {
        int deleted = 0;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
                deleted++;
            }
        }
        if (deleted > 0) {
            log.info("Deleted {} spooled request bodies left behind in {}", deleted, directory);
        }
    }

    /** {@return a new and empty file that only this user can read} */
    SpoolFile create() throws IOException {
        return new SpoolFile(directory.resolve(counter.incrementAndGet() + SUFFIX), disk);
    }

    /** {@return the attribute of that name where the file system knows it, otherwise none} */
    static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
