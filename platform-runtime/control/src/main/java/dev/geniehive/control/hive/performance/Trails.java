package dev.geniehive.control.hive.performance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Reads the trails of requests. Safe for use by many threads at once.
 *
 * <p>A prompt is read from where its value begins, in {@value #BLOCK} bytes a block, at most {@value #MOST_BLOCKS} of
 * them. The fingerprint of a block is a keyed mix of its bytes and the fingerprint before it: equal beginnings have equal
 * ones, and nobody without the key of this process can tell which text has which.
 */
public final class Trails {
    static final int BLOCK = 512;
    static final int MOST_BLOCKS = 128;

    /** Members that hold a prompt; where none is found soon, the body itself is taken for it. */
    private static final String[] PROMPTS = {"\"messages\"", "\"prompt\"", "\"input\""};

    private static final int WORD = Long.BYTES;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Sessions sessions = new Sessions(Sessions.ROOM);
    private final long seed;
    private final long factor;

    /** @param random draws the key of this process */
    public Trails(RandomGenerator random) {
        this.seed = random.nextLong();
        this.factor = random.nextLong() | 1;
    }

    /**
     * {@return the trail of a request} Its body is read when somebody asks for the prompt, and not before.
     *
     * @param principal whose session it is
     * @param session empty if there is none
     * @param body opens the request's body
     */
    public Trail of(String principal, String session, Supplier<InputStream> body) {
        long print = session.isEmpty() ? 0 : print(principal + '\n' + session);
        return new Trail(print, sessions, () -> read(body));
    }

    private long print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long print = seed;
        for (byte each : bytes) {
            print = mix(print ^ each);
        }
        return print | 1;
    }

    private Trail.Blocks read(Supplier<InputStream> body) {
        byte[] bytes;
        try (InputStream in = body.get()) {
            bytes = in.readNBytes(BLOCK * (MOST_BLOCKS + 1));
        } catch (IOException | UncheckedIOException ended) {
            return Trail.Blocks.NONE;
        }
        int from = start(bytes);
        int count = Math.min(MOST_BLOCKS, (bytes.length - from) / BLOCK);
        long[] prints = new long[count];
        long print = seed;
        for (int i = 0; i < count; i++) {
            print = chain(print, bytes, from + i * BLOCK);
            prints[i] = print;
        }
        return new Trail.Blocks(prints, count);
    }

    private long chain(long before, byte[] bytes, int from) {
        long print = before;
        for (int at = from; at < from + BLOCK; at += WORD) {
            print = mix(print ^ (long) WORDS.get(bytes, at));
        }
        return print | 1;
    }

    private long mix(long value) {
        long product = value * factor;
        return product ^ (product >>> 29) ^ (product >>> 47);
    }

    /** {@return the index after the first name of a member that may hold the prompt; 0 if there is none} */
    private static int start(byte[] bytes) {
        for (int at = 0; at < Math.min(bytes.length, BLOCK * MOST_BLOCKS); at++) {
            if (bytes[at] == '"') {
                for (String name : PROMPTS) {
                    if (isAt(bytes, at, name)) {
                        return at + name.length();
                    }
                }
            }
        }
        return 0;
    }

    private static boolean isAt(byte[] bytes, int at, String name) {
        if (bytes.length - at < name.length()) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            if (bytes[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
