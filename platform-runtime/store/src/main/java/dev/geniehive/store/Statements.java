package dev.geniehive.store;

import java.sql.Connection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.core.statement.internal.JfrSupport;

/**
 * How statements are written here: with a {@code ?} for each value, and nothing to be filled in beforehand. JDBI's own
 * parsers, for names and templates, are a compiler's, and were a twentieth of what a start computes.
 */
final class Statements {
    private Statements() {}

    /** {@return what runs statements on a connection} */
    static Handle over(Connection connection) {
        return plain(Jdbi.create(connection)).open();
    }

    /** Has the library loaded, which takes a while; nothing else. */
    static void prepare() {
        plain(Jdbi.create("jdbc:sqlite:"));
        JfrSupport.isFlightRecorderAvailable(); // it tells the recorder of its events, for each JVM once
    }

    private static Jdbi plain(Jdbi jdbi) {
        jdbi.getConfig(SqlStatements.class)
                .setTemplateEngine(TemplateEngine.NOP)
                .setSqlParser(new QuestionMarks());
        return jdbi;
    }

    /** Finds each {@code ?} that does not stand within quotes. */
    static final class QuestionMarks implements SqlParser {
        @Override
        public ParsedSql parse(String sql, StatementContext context) {
            ParsedSql.Builder parsed = ParsedSql.builder();
            int told = 0;
            char quote = 0;
            for (int at = 0; at < sql.length(); at++) {
                char letter = sql.charAt(at);
                if (quote != 0) {
                    quote = letter == quote ? 0 : quote;
                } else if (letter == '\'' || letter == '"') {
                    quote = letter;
                } else if (letter == '?') {
                    parsed.append(sql.substring(told, at)).appendPositionalParameter();
                    told = at + 1;
                }
            }
            return parsed.append(sql.substring(told)).build();
        }

        @Override
        public String nameParameter(String name, StatementContext context) {
            throw new UnsupportedOperationException(
                    "values have no names here, but '%s' was asked for".formatted(name));
        }
    }
}
