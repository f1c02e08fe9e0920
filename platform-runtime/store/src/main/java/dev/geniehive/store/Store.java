package dev.geniehive.store;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database of this process. Safe for use by many threads at once. */
public final class Store implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Store.class);

    private static final int PROBE_BYTES = 256 * 1024;

    private final InstanceLock lock;
    private final Lane writer;
    private final Lane reader;
    private volatile boolean failedLately;

    private Store(InstanceLock lock, Lane writer, Lane reader) {
        this.lock = lock;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens the database, and brings its schema up to date.
     *
     * @throws GenieException of code {@code storage_unavailable} if it cannot be used: another process has it, its disk
     *     is a network's, it is damaged, or a newer version made it. A damaged file is left as it is
     */
    public static Store open(StoreSettings settings, InstantSource clock) {
        Path file = settings.file();
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Path folder = file.getParent();
            Ground.check(folder == null ? Path.of("/") : folder);
            InstanceLock lock = InstanceLock.take(file.resolveSibling(file.getFileName() + ".lock"), clock.instant());
            opened.push(lock);
            NativeLibrary.prepare(file, System.getProperties());
            Lane writer = Lane.open("store-writer", settings, false);
            opened.push(writer);
            List<Migrations.Step> steps = Migrations.all();
            writer.run(handle -> {
                examine(handle, file);
                Migrations.apply(handle, steps, file, clock.instant());
                return true;
            });
            Lane reader = Lane.open("store-reader", settings, true);
            opened.clear();
            return new Store(lock, writer, reader);
        } catch (IOException refused) {
            throw unavailable("The database cannot be opened. " + refused.getMessage(), refused);
        } finally {
            opened.forEach(Store::quietly);
        }
    }

    /** Has the libraries loaded that {@link #open} needs, on any thread, without any effect but time. */
    public static void prepare() {
        Statements.prepare();
    }

    /** {@return the keys of clients and operators} */
    public KeyTable keys() {
        return new KeyTable(this);
    }

    /** {@return the tokens that let nodes in} */
    public TokenTable tokens() {
        return new TokenTable(this);
    }

    /** {@return the nodes that have registered} */
    public NodeTable nodes() {
        return new NodeTable(this);
    }

    /** {@return the roles that were made through the API} */
    public RoleTable roles() {
        return new RoleTable(this);
    }

    /** {@return what nodes reported last} */
    public ReportTable reports() {
        return new ReportTable(this);
    }

    /** {@return what was learned about services} */
    public PerformanceTable performances() {
        return new PerformanceTable(this);
    }

    /**
     * {@return whether something can be written now} What fits into the room that the files have already says little about
     * a full disk; so after a write has failed, some room is asked for.
     */
    public boolean isWritable() {
        try {
            if (failedLately) {
                write(handle -> handle.execute(
                        "CREATE TABLE IF NOT EXISTS room_probe AS SELECT zeroblob(%d) AS room".formatted(PROBE_BYTES)));
                write(handle -> handle.execute("DROP TABLE room_probe"));
            } else {
                write(handle -> handle.execute("UPDATE schema_migration SET name = name WHERE version = 1"));
            }
            return true;
        } catch (GenieException unavailable) {
            return false;
        }
    }

    /** Runs in a transaction of its own, and returns after its commit. */
    <T> T write(Lane.Work<T> work) {
        boolean done = false;
        try {
            T result = guarded(() -> writer.run(handle -> handle.inTransaction(work::run)));
            done = true;
            return result;
        } finally {
            failedLately = !done;
        }
    }

    /** Runs on what was committed last. */
    <T> T read(Lane.Work<T> work) {
        return guarded(() -> reader.run(work));
    }

    /** Runs on the writer's connection as it is, without a transaction: for migrations. */
    <T> T unguarded(Lane.Work<T> work) throws IOException {
        return writer.run(work);
    }

    @Override
    public void close() {
        quietly(reader);
        quietly(writer);
        quietly(lock);
    }

    /** What may fail because of the database. */
    @FunctionalInterface
    private interface Guarded<T> {
        T run() throws IOException;
    }

    private static <T> T guarded(Guarded<T> work) {
        try {
            return work.run();
        } catch (IOException failed) {
            log.warn("The database failed: {}", failed.getMessage());
            throw unavailable(
                    "The database cannot be used now: %s. See whether its disk is full, or another program has it open."
                            .formatted(failed.getMessage()),
                    failed);
        }
    }

    private static void examine(Handle handle, Path file) throws IOException {
        String verdict =
                handle.createQuery("PRAGMA quick_check(1)").mapTo(String.class).one();
        if (!verdict.equals("ok")) {
            throw new IOException(Lane.damaged(file, verdict));
        }
    }

    private static GenieException unavailable(String message, Exception cause) {
        return new GenieException(new Problem(ErrorKind.UNAVAILABLE, "storage_unavailable", message), cause);
    }

    private static void quietly(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception failed) {
            log.warn("The database did not close properly", failed);
        }
    }
}
