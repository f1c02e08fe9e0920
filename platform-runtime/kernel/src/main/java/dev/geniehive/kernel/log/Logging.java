package dev.geniehive.kernel.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The logging of this process. Set up once, at the start; keep it for as long as the process runs, because
 * {@code java.util.logging} forgets the levels of loggers that nobody holds.
 */
public final class Logging implements AutoCloseable {
    private static final long MAX_FILE_BYTES = 10L << 20;
    private static final int FILES = 5;
    /** Libraries that are chatty at INFO. */
    private static final List<String> QUIET = List.of("org.pf4j", "io.helidon");

    private final List<Handler> handlers = new ArrayList<>();
    private final List<Logger> quiet = new ArrayList<>();
    private final Logger root = Logger.getLogger("");

    private Logging(LogLevel level, OutputStream stream) {
        LogManager.getLogManager().reset();
        root.setLevel(level.level());
        add(new LineHandler(LogSink.to(stream)));
        Level quietest = level == LogLevel.ERROR ? Level.SEVERE : Level.WARNING;
        for (String name : QUIET) {
            Logger logger = Logger.getLogger(name);
            logger.setLevel(level == LogLevel.TRACE ? level.level() : quietest);
            quiet.add(logger);
        }
    }

    /** Takes over the logging of this process: lines go to a stream, which stays open, for example standard error. */
    public static Logging setUp(LogLevel level, OutputStream stream) {
        return new Logging(level, stream);
    }

    /**
     * Also writes to a file whose folder is made if it is missing: at most 5 files of 10 MiB.
     *
     * @throws UncheckedIOException if that is not possible
     */
    public Logging alsoTo(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            add(new LineHandler(new RotatingFile(file, MAX_FILE_BYTES, FILES)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot log to " + file, e);
        }
        return this;
    }

    /** {@return the libraries that log warnings only} */
    List<Logger> quiet() {
        return quiet;
    }

    /** Ends the logging; nothing that comes later is written. */
    @Override
    public void close() {
        for (Handler handler : handlers) {
            root.removeHandler(handler);
            handler.close();
        }
        handlers.clear();
    }

    private void add(Handler handler) {
        handlers.add(handler);
        root.addHandler(handler);
    }
}
