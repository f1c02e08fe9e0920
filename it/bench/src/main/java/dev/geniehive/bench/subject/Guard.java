package dev.geniehive.bench.subject;

import java.io.IOException;

/** Sees to it that processes do not outlive this one, even if this one is killed. */
@FunctionalInterface
interface Guard {
    void mind(long pid) throws IOException;
}
