package dev.geniehive.control.hive;

import dev.geniehive.api.model.ServiceHealth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What requests found out about services that their nodes have not seen yet. Guarded by the lock of the hive.
 *
 * <p>A node that reports "healthy" may have looked before a request found nobody there. So a suspicion holds until the
 * node was asked to look again and has done so since.
 */
final class Doubts {
    private final Map<String, Suspicion> suspicions = new HashMap<>();
    private final Set<String> doubtful = new HashSet<>();
    private final Map<String, Long> looks = new HashMap<>();

    /**
     * A service that is not as it was reported.
     *
     * @param health how it feels instead
     * @param reason one sentence why
     * @param askedAt how often it had been looked at when its node was asked to look again; empty before that
     */
    record Suspicion(ServiceHealth health, String reason, OptionalLong askedAt) {}

    void suspect(String serviceId, ServiceHealth health, String reason) {
        suspicions.put(serviceId, new Suspicion(health, reason, OptionalLong.empty()));
    }

    /** Nothing is wrong in general, but something was not as reported: it is worth one look. */
    void lookAgain(String serviceId) {
        doubtful.add(serviceId);
    }

    /**
     * Takes in how often a service has been looked at. A number that went down tells of a node that started anew.
     *
     * @return the suspicion that still holds
     */
    Optional<Suspicion> lookedAt(String serviceId, long count) {
        Long before = looks.put(serviceId, count);
        Suspicion suspicion = suspicions.get(serviceId);
        if (suspicion == null) {
            return Optional.empty();
        }
        boolean startedAnew = before != null && count < before;
        boolean lookedSince = suspicion.askedAt().stream().anyMatch(asked -> count > asked);
        if (startedAnew || lookedSince) {
            suspicions.remove(serviceId);
            return Optional.empty();
        }
        return Optional.of(suspicion);
    }

    /** {@return the names of the host's services that are to be looked at now; suspected ones until that was done} */
    Set<String> handOut(String hostId) {
        String prefix = hostId + "/";
        Set<String> names = new HashSet<>();
        suspicions.replaceAll((id, suspicion) -> {
            if (!id.startsWith(prefix)) {
                return suspicion;
            }
            names.add(id.substring(prefix.length()));
            return suspicion.askedAt().isPresent() ? suspicion : asked(id, suspicion);
        });
        doubtful.stream().filter(id -> id.startsWith(prefix)).forEach(id -> names.add(id.substring(prefix.length())));
        doubtful.removeIf(id -> id.startsWith(prefix));
        return names;
    }

    /** {@return how often each service of a host has been looked at, as far as was told} */
    Map<String, Long> looks(String hostId) {
        Map<String, Long> counts = new HashMap<>();
        looks.forEach((id, count) -> {
            if (id.startsWith(hostId + "/")) {
                counts.put(id, count);
            }
        });
        return counts;
    }

    /** Forgets services that are gone. */
    void forget(Set<String> serviceIds) {
        for (String id : serviceIds) {
            suspicions.remove(id);
            doubtful.remove(id);
            looks.remove(id);
        }
    }

    private Suspicion asked(String serviceId, Suspicion suspicion) {
        return new Suspicion(
                suspicion.health(), suspicion.reason(), OptionalLong.of(looks.getOrDefault(serviceId, 0L)));
    }
}
