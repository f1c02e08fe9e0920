package dev.geniehive.kernel.upstream;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do, without a sleep of a guessed length. */
final class Waiting {
    private Waiting() {}

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within 10 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Until the thread can go on only if somebody else does something; a platform thread blocks in native code. */
    static void untilBlocked(Thread thread) {
        until(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            case RUNNABLE -> !thread.isVirtual() && isNative(thread.getStackTrace());
            default -> false;
        });
    }

    private static boolean isNative(StackTraceElement[] frames) {
        return frames.length > 0 && frames[0].isNativeMethod();
    }
}
