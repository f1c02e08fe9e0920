package dev.geniehive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import org.junit.jupiter.api.Test;

class StatementsTest {
    @Test
    void aQuestionMarkStandsForAValueUnlessItIsQuoted() throws Exception {
        try (Handle handle = open()) {
            handle.execute("CREATE TABLE \"odd ? name\" (a TEXT, b INTEGER)");

            handle.execute("INSERT INTO \"odd ? name\" VALUES ('it''s ?', ?), (?, 2)", 1, "what?");

            assertThat(handle.createQuery("SELECT a || b FROM \"odd ? name\" WHERE b IN (?, ?) ORDER BY b")
                            .bind(0, 1)
                            .bind(1, 2)
                            .mapTo(String.class)
                            .list())
                    .containsExactly("it's ?1", "what?2");
        }
    }

    @Test
    void nothingIsFilledInBeforehand() throws Exception {
        try (Handle handle = open()) {
            assertThat(handle.createQuery("SELECT '<b>:x</b>' WHERE 1 < 2 AND 2 > 1")
                            .mapTo(String.class)
                            .one())
                    .isEqualTo("<b>:x</b>");
        }
    }

    @Test
    void aValueTooFewIsSaid() throws Exception {
        try (Handle handle = open()) {
            assertThatThrownBy(() -> handle.createQuery("SELECT ?, ?")
                            .bind(0, 1)
                            .mapTo(String.class)
                            .one())
                    .isInstanceOf(UnableToCreateStatementException.class)
                    .hasMessageContaining("positional parameter 1");
        }
    }

    private static Handle open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        return Statements.over(connection);
    }
}
