package dev.geniehive.control.hive;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who counts as lost. Pure.
 *
 * <p>When many fall silent at once and nothing tells that they are gone, it is rather we who do not hear: then nobody
 * counts as lost until the silence has lasted three times as long.
 *
 * @param lost who counts as lost
 * @param spared who would, but for so many being silent at once
 */
record RollCall(Set<String> lost, Set<String> spared) {
    private static final int MANY = 5;
    private static final int PATIENCE = 3;

    /**
     * The silence of one host that is online.
     *
     * @param id the host's
     * @param nanos since when nothing was heard of it
     * @param closed whether it closed its connections: then it went by itself
     */
    record Silence(String id, long nanos, boolean closed) {}

    static RollCall of(Collection<Silence> online, Pacing pacing) {
        long limit = pacing.lostAfter().toNanos();
        long late = Math.max(limit / 4 * 3, limit - pacing.interval().toNanos());
        long unexplained = online.stream()
                .filter(silence -> silence.nanos() > late && !silence.closed())
                .count();
        boolean doubtful = unexplained >= MANY && 2 * unexplained > online.size();
        Predicate<Silence> silent = silence -> silence.nanos() > limit;
        Predicate<Silence> pardoned = silence -> doubtful && !silence.closed() && silence.nanos() <= PATIENCE * limit;
        return new RollCall(ids(online, silent.and(pardoned.negate())), ids(online, silent.and(pardoned)));
    }

    static Duration patience(Pacing pacing) {
        return pacing.lostAfter().multipliedBy(PATIENCE);
    }

    private static Set<String> ids(Collection<Silence> silences, Predicate<Silence> which) {
        return silences.stream().filter(which).map(Silence::id).collect(Collectors.toUnmodifiableSet());
    }
}
