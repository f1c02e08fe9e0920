package dev.geniehive.kernel.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line an event: {@code 2026-01-01T12:00:00.123Z INFO  [request] Name: message}. A stack trace follows indented.
 * Control characters are escaped and lines are cut, so that nothing from outside can forge or flood the log.
 */
final class LineFormatter extends Formatter {
    static final int MAX_LINE = 8 * 1024;
    private static final int MAX_TRACE_LINES = 100;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord entry) {
        StringBuilder text = new StringBuilder(160);
        TIME.formatTo(entry.getInstant(), text);
        text.append(' ').append(level(entry.getLevel())).append(' ');
        RequestScope.id().ifPresent(id -> text.append('[').append(clean(id)).append("] "));
        text.append(clean(shortName(entry.getLoggerName()))).append(": ").append(clean(formatMessage(entry)));
        cut(text);
        text.append('\n');
        if (entry.getThrown() != null) {
            trace(text, entry.getThrown());
        }
        return text.toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        if (level.intValue() >= Level.CONFIG.intValue()) {
            return "INFO ";
        }
        return level.intValue() >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static String shortName(@Nullable String logger) {
        return logger == null ? "-" : logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static void trace(StringBuilder text, Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().limit(MAX_TRACE_LINES).forEach(line -> {
            StringBuilder cleaned = new StringBuilder("    ").append(clean(line.strip()));
            cut(cleaned);
            text.append(cleaned).append('\n');
        });
    }

    private static String clean(String text) {
        String bounded = text.length() > 2 * MAX_LINE ? text.substring(0, 2 * MAX_LINE) : text;
        return Escaping.escape(Redactor.redact(bounded));
    }

    private static void cut(StringBuilder line) {
        if (line.length() > MAX_LINE) {
            int end = Character.isHighSurrogate(line.charAt(MAX_LINE - 2)) ? MAX_LINE - 2 : MAX_LINE - 1;
            line.setLength(end);
            line.append('…');
        }
    }
}
