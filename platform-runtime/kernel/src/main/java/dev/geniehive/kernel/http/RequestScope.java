package dev.geniehive.kernel.http;

/** Runs around each request, for example to bind its id to the thread. */
@FunctionalInterface
public interface RequestScope {
    /** Runs a request, exactly once, on the calling thread. Exceptions of the request pass through. */
    void aroundRequest(String id, Runnable request);
}
