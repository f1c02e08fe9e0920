package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Slots;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Service;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes on the changes of a hive after which somebody who waits may be served otherwise. That an engine has more to do
 * than a second ago is none: with many who wait, deciding anew for each of them at every heartbeat would be all that is
 * done.
 */
final class Weighed implements Runnable {
    private final Hive hive;
    private final Runnable next;
    private final ReentrantLock lock = new ReentrantLock();
    private HiveSnapshot seen;

    Weighed(Hive hive, Runnable next) {
        this.hive = hive;
        this.next = next;
        this.seen = hive.snapshot();
    }

    @Override
    public void run() {
        lock.lock();
        try {
            HiveSnapshot before = seen;
            seen = hive.snapshot();
            if (same(before, seen)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        next.run();
    }

    /** {@return whether requests are decided alike on both, but for what ranks equals} */
    static boolean same(HiveSnapshot before, HiveSnapshot now) {
        for (String id : now.changedSince(before)) {
            Optional<Host> was = before.host(id);
            Optional<Host> is = now.host(id);
            if (was.isEmpty() || is.isEmpty() || !same(was.get(), is.get())) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Host before, Host now) {
        if (before.status() != now.status()
                || before.services().size() != now.services().size()) {
            return false;
        }
        for (int i = 0; i < now.services().size(); i++) {
            if (!same(before.services().get(i), now.services().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Service before, Service now) {
        return before.id().equals(now.id())
                && before.health() == now.health()
                && before.reach().equals(now.reach())
                && before.terms().equals(now.terms())
                && before.concurrency().equals(now.concurrency())
                && idle(before.inventory()).equals(idle(now.inventory()));
    }

    private static Inventory idle(Inventory inventory) {
        return inventory.load(
                inventory.slots().map(slots -> new Slots(slots.total(), 0)).or(Optional::empty), OptionalInt.empty());
    }
}
