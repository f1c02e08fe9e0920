package dev.geniehive.control.roles;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import dev.geniehive.store.RoleTable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of which roles there are: those of the file, and those that were made through the API and are kept in
 * the store. Safe for use by many threads at once.
 */
public final class RoleCatalogue {
    private static final Logger log = LoggerFactory.getLogger(RoleCatalogue.class);

    private final RoleTable table;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final SortedMap<String, Role> made;
    private Map<String, Role> file;
    private volatile RoleBook book;

    /**
     * Reads the roles that are kept. One that this version does not understand is left out, and stays kept.
     *
     * @param file the roles of the configuration
     */
    public RoleCatalogue(RoleTable table, InstantSource clock, Map<String, Role> file) {
        this.table = table;
        this.clock = clock;
        this.made = kept(table);
        this.file = Map.copyOf(file);
        this.book = RoleBook.of(this.file, made.values());
    }

    private static SortedMap<String, Role> kept(RoleTable table) {
        SortedMap<String, Role> roles = new TreeMap<>();
        table.all().forEach((name, text) -> {
            try {
                roles.put(name, RoleJson.read(name, Json.parse(text)));
            } catch (IllegalArgumentException | GenieException otherVersion) {
                log.warn(
                        "The role '{}' that is kept cannot be read and does not count: {}",
                        name,
                        otherVersion.getMessage());
            }
        });
        return roles;
    }

    /** {@return the roles that hold now} */
    public RoleBook book() {
        return book;
    }

    /** Has somebody called after every change, on the thread that made it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The roles of the configuration are these from now on. */
    public void configured(Map<String, Role> roles) {
        changing.lock();
        try {
            file = Map.copyOf(roles);
            book = RoleBook.of(file, made.values());
        } finally {
            changing.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * Makes a role, or makes it another one. It counts from the moment that this returns, also after a crash.
     *
     * @return whether it is a new one
     * @throws GenieException of kind {@code CONFLICT} if the role is the file's, {@code INVALID_REQUEST} if it falls back
     *     to what is not there, to another operation, or in a circle
     */
    public boolean put(Role role) {
        boolean isNew;
        changing.lock();
        try {
            refuseThoseOfTheFile(role.name());
            SortedMap<String, Role> wanted = new TreeMap<>(made);
            isNew = wanted.put(role.name(), role) == null;
            check(RoleBook.of(file, wanted.values()), role);
            table.put(role.name(), RoleJson.of(role).toString(), clock.instant());
            made.put(role.name(), role);
            book = RoleBook.of(file, made.values());
        } finally {
            changing.unlock();
        }
        log.info("Role {} {}", role.name(), isNew ? "was made" : "was changed");
        listeners.forEach(Runnable::run);
        return isNew;
    }

    /**
     * Ends a role.
     *
     * @throws GenieException of kind {@code NOT_FOUND} if there is none, {@code CONFLICT} if it is the file's or another
     *     one falls back to it
     */
    public void remove(String name) {
        changing.lock();
        try {
            refuseThoseOfTheFile(name);
            List<String> others = book.leaningOn(name);
            if (!others.isEmpty() && made.containsKey(name)) {
                throw new GenieException(
                        ErrorKind.CONFLICT,
                        "The role '%s' is what %s falls back to. Change that first."
                                .formatted(name, String.join(", ", others)));
            }
            if (made.isEmpty() || !table.remove(name)) {
                throw unknown(name);
            }
            made.remove(name);
            book = RoleBook.of(file, made.values());
        } finally {
            changing.unlock();
        }
        log.info("Role {} was removed", name);
        listeners.forEach(Runnable::run);
    }

    /** {@return that there is no such role} */
    public static GenieException unknown(String name) {
        return new GenieException(
                ErrorKind.NOT_FOUND, "No role is called '%s'. GET /v1/cluster/roles lists them.".formatted(name));
    }

    /** A circle may begin at another role that leads to this one. */
    private static void check(RoleBook next, Role role) {
        List<String> faults = next.faults(role);
        List<String> operations = next.leaningOn(role.name()).stream()
                .flatMap(name -> next.find(name).stream())
                .filter(other -> other.operation() != role.operation())
                .map(other -> "'%s' falls back to this role and is for %s"
                        .formatted(other.name(), other.operation().wireName()))
                .toList();
        if (!faults.isEmpty()) {
            throw invalid(role, "fallback", faults);
        }
        if (!operations.isEmpty()) {
            throw invalid(role, "operation", operations);
        }
    }

    private static GenieException invalid(Role role, String param, List<String> faults) {
        return new GenieException(new Problem(
                        ErrorKind.INVALID_REQUEST,
                        "invalid_role",
                        "The role '%s' was not taken. %s: %s.".formatted(role.name(), param, String.join("; ", faults)))
                .about(param));
    }

    private void refuseThoseOfTheFile(String name) {
        if (file.containsKey(name)) {
            throw new GenieException(
                    ErrorKind.CONFLICT,
                    "The role '%s' stands in the configuration file and can be changed only there (roles.%s); a changed file counts at once."
                            .formatted(name, name));
        }
    }
}
