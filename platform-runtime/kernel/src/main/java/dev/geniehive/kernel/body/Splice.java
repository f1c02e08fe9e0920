package dev.geniehive.kernel.body;

/**
 * Other bytes for a part of a body.
 *
 * @param from where the part begins
 * @param to where it ends; the same as {@code from} to insert
 * @param with what stands there instead; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied by nobody
record Splice(long from, long to, byte[] with) {
    /** {@return by how much a body grows} */
    long growth() {
        return with.length - (to - from);
    }
}
