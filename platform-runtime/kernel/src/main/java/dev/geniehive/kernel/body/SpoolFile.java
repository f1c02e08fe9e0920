package dev.geniehive.kernel.body;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One body on disk. Written by one thread, then read by any number: each opens the file anew. */
final class SpoolFile {
    private static final Logger log = LoggerFactory.getLogger(SpoolFile.class);

    private final Path path;
    private final Budget disk;
    private final SeekableByteChannel channel;
    private long length;

    SpoolFile(Path path, Budget disk) throws IOException {
        this.path = path;
        this.disk = disk;
        this.channel = Files.newByteChannel(path, Set.of(CREATE_NEW, WRITE), Spool.permissions(path, "rw-------"));
    }

    void write(byte[] bytes, int from, int to) throws IOException {
        if (!disk.take(to - from)) {
            throw new GenieException(new Problem(
                            ErrorKind.UNAVAILABLE,
                            "no_room",
                            "There is no room for the body now: other large requests fill the spool. Try again.")
                    .retryAfter(Duration.ofSeconds(5)));
        }
        length += to - from;
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, to - from);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    void written() throws IOException {
        channel.close();
    }

    long length() {
        return length;
    }

    /** {@return a stream of its own: an interrupted reader closes its own channel only} */
    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    void delete() {
        disk.give(length);
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("Could not delete the spool file {}; it goes at the next start", path, e);
        }
    }
}
