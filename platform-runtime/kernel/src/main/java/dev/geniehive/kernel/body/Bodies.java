package dev.geniehive.kernel.body;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;

/** Where all bodies of a process come from. Safe for use by many threads at once. */
public final class Bodies implements AutoCloseable {
    private static final String JSON = "application/json";

    private final BodyLimits limits;
    private final Budget memory;
    private final Budget disk;
    private final Spool spool;
    private final Fingerprint.Secret secret;

    /**
     * @param spool a directory for this process alone; made if it is missing, and emptied of bodies that a process
     *     before this one left there
     * @throws UncheckedIOException if the directory cannot be used
     */
    public Bodies(Path spool, BodyLimits limits) {
        this.limits = limits;
        this.memory = new Budget(limits.memory());
        this.disk = new Budget(limits.disk());
        this.secret = Fingerprint.Secret.from(new SecureRandom());
        try {
            this.spool = new Spool(spool, disk);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the spool directory %s cannot be used: %s".formatted(spool, e.getMessage()), e);
        }
    }

    /**
     * Reads a JSON body to its end and judges it: one object, strict RFC 8259 in strict UTF-8, no member twice.
     *
     * @param in the body's bytes; not closed, and not read to its end if the body is refused
     * @param contentLength the length that the client announced, if it did
     * @param contentType what the body calls itself; not judged here
     * @param maxBytes the most that is taken ({@code server.max-body})
     * @return the body; the caller closes it when the request has ended
     * @throws GenieException if it is too large, broke off, is not valid, or finds no room
     */
    public RequestBody read(InputStream in, OptionalLong contentLength, String contentType, long maxBytes) {
        try (Intake intake = new Intake(in, contentLength.orElse(-1), maxBytes, limits.memoryPerBody(), memory, spool);
                Keys keys = new Keys(limits.keys(), memory)) {
            Findings findings = new JsonScan(new Cursor(intake), keys, secret, limits.depth()).scan();
            return new JsonBody(intake.keep(), contentType, findings);
        }
    }

    /**
     * Reads a form to its end and judges it: {@code multipart/form-data} as RFC 7578 has it, of at most 64 parts whose
     * plain values have at most 1 MiB each.
     *
     * @param in the body's bytes; not closed, and not read to its end if the body is refused
     * @param contentLength the length that the client announced, if it did
     * @param contentType what the body calls itself, with the boundary
     * @param maxBytes the most that is taken ({@code server.max-upload})
     * @return the body with its parts; the caller closes it when the request has ended
     * @throws GenieException if it is no form, too large, broke off, is not valid, or finds no room
     */
    public RequestBody form(InputStream in, OptionalLong contentLength, String contentType, long maxBytes) {
        byte[] delimiter = FormType.delimiter(contentType);
        FormFacts facts = new FormFacts();
        try (Intake intake =
                new Intake(in, contentLength.orElse(-1), maxBytes, limits.memoryPerBody(), memory, spool)) {
            List<FormPiece> parts = new FormScan(intake, delimiter, facts).scan();
            return new FormBody(intake.keep(), contentType, parts, facts);
        }
    }

    /**
     * Reads a body of any kind to its end, as it is.
     *
     * @param in the body's bytes; not closed, and read no further than its length
     * @param length how many bytes it has
     * @param contentType what the body calls itself
     * @param maxBytes the most that is taken
     * @return the body, about which nothing is known; the caller closes it when the request has ended
     * @throws GenieException if it is too large, broke off, or finds no room
     */
    public RequestBody raw(InputStream in, long length, String contentType, long maxBytes) {
        try (Intake intake = new Intake(in, length, maxBytes, limits.memoryPerBody(), memory, spool)) {
            while (intake.read()) {}
            return new JsonBody(intake.keep(), contentType, Findings.NONE);
        }
    }

    /**
     * {@return a body of bytes that somebody in this process wrote} It is judged and closed like any other.
     *
     * @throws GenieException if it is not valid
     */
    public RequestBody json(byte[] bytes) {
        return read(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), JSON, Long.MAX_VALUE);
    }

    /** {@return a body of a value that somebody in this process made; see {@link #json(byte[])}} */
    public RequestBody json(Json.Obj value) {
        return json(value.utf8());
    }

    /** {@return bytes of memory that all bodies take now} */
    public long memoryUsed() {
        return memory.used();
    }

    /** {@return bytes of spool files that all bodies take now} */
    public long diskUsed() {
        return disk.used();
    }

    /** Deletes the spool files that are left. Bodies that are still open cannot be read any more. */
    @Override
    public void close() {
        try {
            spool.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("the spool directory could not be emptied", e);
        }
    }
}
