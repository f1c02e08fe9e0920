import org.jspecify.annotations.NullMarked;

/** Durable state: what has to survive the end of the process, in SQLite by default. */
@NullMarked
module dev.geniehive.store {
    requires transitive dev.geniehive.api;
    requires io.leangen.geantyref;
    requires java.sql;
    requires org.jdbi.v3.core;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.geniehive.store;

    uses java.sql.Driver;
}
