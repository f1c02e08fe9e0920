package dev.geniehive.kernel.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process out of the same home folder, before it touches the spool and the staged plugins of the first.
 * The lock is the operating system's: it goes with the process, however that ends.
 */
final class HomeLock implements AutoCloseable {
    private static final int OWNER_BYTES = 200;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IllegalStateException if another process has it; the message names that process and the way out */
    static HomeLock take(Path home) {
        try {
            Files.createDirectories(home.resolve("run"));
            FileChannel channel = FileChannel.open(
                    home.resolve("run/lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                String owner = read(channel);
                channel.close();
                throw new IllegalStateException(
                        "Another GenieHive%s runs on %s. Stop it first, or give this one another --home."
                                .formatted(owner.isEmpty() ? "" : " (" + owner + ")", home));
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.UTF_8.encode(
                            "process %d".formatted(ProcessHandle.current().pid())),
                    0);
            return new HomeLock(channel);
        } catch (IOException broken) {
            throw new UncheckedIOException("The home folder %s cannot be used: %s".formatted(home, broken), broken);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException thisVeryProcess) {
            return true;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(OWNER_BYTES);
        channel.read(text, 0);
        return StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
