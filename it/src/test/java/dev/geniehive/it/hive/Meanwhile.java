package dev.geniehive.it.hive;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Something that goes on while a test does something else. */
final class Meanwhile<T> {
    private final FutureTask<T> task;

    private Meanwhile(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Meanwhile<T> of(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return new Meanwhile<>(task);
    }

    boolean isDone() {
        return task.isDone();
    }

    /** {@return what came of it, within 40 seconds} */
    T result() throws Exception {
        return task.get(40, TimeUnit.SECONDS);
    }
}
