package dev.geniehive.control;

import dev.geniehive.control.events.EventLog;
import dev.geniehive.control.roles.RoleBook;
import dev.geniehive.control.roles.RoleCatalogue;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/** Tells operators what becomes of roles, whether the API or a changed file did it. Safe for use by many threads at once. */
final class RoleEvents {
    private final RoleCatalogue roles;
    private final EventLog events;
    private final ReentrantLock lock = new ReentrantLock();
    private RoleBook seen;

    /** Tells of what changes from now on, whenever somebody has it {@link #look}. */
    RoleEvents(RoleCatalogue roles, EventLog events) {
        this.roles = roles;
        this.events = events;
        this.seen = roles.book();
    }

    void look() {
        lock.lock();
        try {
            RoleBook before = seen;
            seen = roles.book();
            TreeSet<String> names = new TreeSet<>(before.entries().keySet());
            names.addAll(seen.entries().keySet());
            names.forEach(name -> tell(name, before));
        } finally {
            lock.unlock();
        }
    }

    private void tell(String name, RoleBook before) {
        RoleBook.Entry was = before.entries().get(name);
        RoleBook.Entry is = seen.entries().get(name);
        if (is == null) {
            events.tell("role.removed", name, "The role %s was removed.".formatted(name));
        } else if (was == null) {
            events.tell("role.made", name, "The role %s was made %s.".formatted(name, where(is)));
        } else if (!was.role().equals(is.role()) || was.fromFile() != is.fromFile()) {
            events.tell("role.changed", name, "The role %s was changed %s.".formatted(name, where(is)));
        }
    }

    private static String where(RoleBook.Entry entry) {
        return entry.fromFile() ? "in the configuration file" : "through the API";
    }
}
