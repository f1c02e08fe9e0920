package dev.geniehive.control.access;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Operation;

/** What callers may do, beyond being let in. Asked for every request, by many threads at once. */
public interface Permits {
    /** {@return whether a name is shown to a caller} */
    boolean maySee(Caller caller, String model);

    /**
     * Refuses what a caller's key does not cover.
     *
     * @throws dev.geniehive.api.model.GenieException of kind {@code FORBIDDEN}
     */
    void check(Caller caller, Operation operation, String model);

    /** {@return everybody may do everything} */
    static Permits all() {
        return new Permits() {
            @Override
            public boolean maySee(Caller caller, String model) {
                return true;
            }

            @Override
            public void check(Caller caller, Operation operation, String model) {
                // Nothing is refused.
            }
        };
    }
}
