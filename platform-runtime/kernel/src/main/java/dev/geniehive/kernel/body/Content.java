package dev.geniehive.kernel.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of a body lie. */
sealed interface Content {
    long length();

    /** {@return all bytes from the start; every stream has a place of its own} */
    InputStream open() throws IOException;

    /** Gives back what it took. Called once. */
    void release();

    /** Bytes in memory; the array may be longer than the body and counts in full. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied by nobody
    record InMemory(byte[] bytes, int size, Budget memory) implements Content {
        @Override
        public long length() {
            return size;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes, 0, size);
        }

        @Override
        public void release() {
            memory.give(bytes.length);
        }
    }

    /** Bytes in a file. */
    record OnDisk(SpoolFile file) implements Content {
        @Override
        public long length() {
            return file.length();
        }

        @Override
        public InputStream open() throws IOException {
            return file.open();
        }

        @Override
        public void release() {
            file.delete();
        }
    }
}
