package dev.geniehive.kernel.log;

import java.util.Optional;

/** The request that the current thread works on. Bound by the edge, printed in every log line. */
public final class RequestScope {
    private static final ScopedValue<String> ID = ScopedValue.newInstance();

    private RequestScope() {}

    /** Does some work on behalf of a request. */
    public static void run(String requestId, Runnable work) {
        ScopedValue.where(ID, requestId).run(work);
    }

    /**
     * {@return the result of some work on behalf of a request}
     *
     * @throws X what the work throws
     */
    public static <R, X extends Throwable> R call(String requestId, ScopedValue.CallableOp<R, X> work) throws X {
        return ScopedValue.where(ID, requestId).call(work);
    }

    /** {@return the id of the request that this thread works on} */
    public static Optional<String> id() {
        return ID.isBound() ? Optional.of(ID.get()) : Optional.empty();
    }
}
