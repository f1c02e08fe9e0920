package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Progress;
import dev.geniehive.control.routing.Decision;
import java.util.function.Supplier;

/** A request, as the line where it may have to wait sees it. */
interface Asking {
    /** {@return on whose behalf} */
    Caller caller();

    /**
     * {@return who may get it, on the hive as it is now} Called without locks.
     *
     * @param overflow whether it has waited so long that it may go to what is for overflow only; that stays so
     */
    Decision decide(boolean overflow);

    /** Is told, once, that it waits. What is handed over tells how far it is whenever it is asked, by any thread. */
    void waits(Supplier<Progress.Waiting> place);
}
