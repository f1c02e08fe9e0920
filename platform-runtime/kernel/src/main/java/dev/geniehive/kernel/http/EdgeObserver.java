package dev.geniehive.kernel.http;

/** Sees each request end. Called on the request's thread; must not block. */
@FunctionalInterface
public interface EdgeObserver {
    /** What stands for the pattern where no route matched, so that a client cannot make up names for metrics. */
    String NO_ROUTE = "none";

    /**
     * Called when a request has been answered, refused or given up.
     *
     * @param pattern the pattern of its route, or {@link #NO_ROUTE}
     * @param status the status that was sent, 0 if the client went before there was one
     * @param nanos how long it took; 0 where the request could not be read
     * @param bytesOut bytes of body that were sent
     */
    void finished(String pattern, int status, long nanos, long bytesOut);
}
