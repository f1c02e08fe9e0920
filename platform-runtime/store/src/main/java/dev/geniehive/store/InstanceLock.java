package dev.geniehive.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from the same database. The lock is the operating system's, so it goes with the process however
 * it ends; what the file says is for people.
 */
final class InstanceLock implements AutoCloseable {
    private static final int OWNER_BYTES = 200;

    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IOException if another process has it; the message names that process
     */
    static InstanceLock take(Path file, Instant now) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (locked(channel) == null) {
                throw new IOException("%s has it open already. Stop that one first, or give this one another --home."
                        .formatted(owner(channel)));
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.UTF_8.encode("process %d, since %s"
                            .formatted(ProcessHandle.current().pid(), now)),
                    0);
            return new InstanceLock(channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException thisVeryProcess) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(OWNER_BYTES);
        channel.read(text, 0);
        String owner = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
        return owner.isEmpty() ? "Another process" : "Another GenieHive (" + owner + ")";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
