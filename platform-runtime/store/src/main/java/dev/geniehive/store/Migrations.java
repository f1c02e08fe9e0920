package dev.geniehive.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema to where this version needs it, step by step, each in a transaction of its own and behind a copy of
 * the database as it was. A step that was applied must not change any more.
 */
final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final String FOLDER = "/META-INF/geniehive/sqlite/";

    /** All steps, the oldest first. */
    private static final List<String> NAMES =
            List.of("0001-access-and-nodes", "0002-nodes-apart", "0003-roles", "0004-performance");

    private Migrations() {}

    /**
     * One step.
     *
     * @param version from 1, without gaps
     * @param name of its file
     * @param sql what it does
     */
    record Step(int version, String name, String sql) {
        String checksum() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }

    /** {@return the steps of this version} */
    static List<Step> all() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + name + ".sql")) {
                if (in == null) {
                    throw new IOException("the migration %s is missing from the distribution".formatted(name));
                }
                steps.add(new Step(steps.size() + 1, name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return steps;
    }

    /**
     * Applies what was not applied yet.
     *
     * @param database the file, for the name of the copies
     * @throws IOException if the database was made by a newer version, or by one that was changed
     */
    static void apply(Handle handle, List<Step> steps, Path database, Instant now) throws IOException {
        handle.execute("""
                CREATE TABLE IF NOT EXISTS schema_migration (
                  version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)""");
        Map<Integer, String> applied = applied(handle);
        check(steps, applied, database);
        for (Step step : steps.subList(applied.size(), steps.size())) {
            if (!applied.isEmpty()) { // a new database has nothing to keep
                keepCopy(handle, database, step);
            }
            handle.useTransaction(inside -> {
                inside.createScript(step.sql()).execute();
                inside.execute(
                        "INSERT INTO schema_migration VALUES (?, ?, ?, ?)",
                        step.version(),
                        step.name(),
                        step.checksum(),
                        now.toString());
            });
            log.info("Brought the database to version {}: {}", step.version(), step.name());
        }
    }

    private static Map<Integer, String> applied(Handle handle) {
        Map<Integer, String> applied = new TreeMap<>();
        handle.createQuery("SELECT version, checksum FROM schema_migration ORDER BY version")
                .map((row, context) -> Map.entry(row.getInt(1), row.getString(2)))
                .forEach(entry -> applied.put(entry.getKey(), entry.getValue()));
        return applied;
    }

    private static void check(List<Step> steps, Map<Integer, String> applied, Path database) throws IOException {
        if (applied.size() > steps.size()) {
            throw new IOException(
                    "%s was made by a newer GenieHive (version %d of the schema, this one knows %d). Use that one again."
                            .formatted(database, applied.size(), steps.size()));
        }
        for (Step step : steps.subList(0, applied.size())) {
            if (!step.checksum().equals(applied.get(step.version()))) {
                throw new IOException("%s was changed by another build: its step %s is not the one of this version."
                        .formatted(database, step.name()));
            }
        }
    }

    private static void keepCopy(Handle handle, Path database, Step step) throws IOException {
        Path copy = database.resolveSibling("%s.before-%s".formatted(database.getFileName(), step.name()));
        Files.deleteIfExists(copy);
        handle.execute("VACUUM INTO ?", copy.toString());
        log.info("Kept a copy of the database as it was: {}", copy);
    }
}
