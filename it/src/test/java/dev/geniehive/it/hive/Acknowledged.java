package dev.geniehive.it.hive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a control plane has said that it did. What it was asked for and did not answer is in none of these. */
final class Acknowledged {
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final List<String> invitations = new CopyOnWriteArrayList<>();
    private final List<PretendedNode> nodes = new CopyOnWriteArrayList<>();

    void made(String key) {
        keys.add(key);
    }

    void revoked(String key) {
        revoked.add(key);
    }

    void invited(String token) {
        invitations.add(token);
    }

    void joined(PretendedNode node) {
        nodes.add(node);
    }

    Set<String> keys() {
        return Set.copyOf(keys);
    }

    Set<String> revoked() {
        return Set.copyOf(revoked);
    }

    List<PretendedNode> nodes() {
        return nodes;
    }

    /** {@return the tokens that nobody has used, which are used then} */
    List<String> takeInvitations() {
        List<String> all = new ArrayList<>(invitations);
        invitations.clear();
        return all;
    }

    /** Forgets all but some of each, so that many rounds do not take longer and longer. */
    void keepSome(int most) {
        trim(keys, most);
        trim(revoked, most);
        trim(nodes, most);
    }

    private static void trim(Collection<?> all, int most) {
        List<?> surplus = all.stream().skip(most).toList();
        all.removeAll(surplus);
    }

    int count() {
        return keys.size() + revoked.size() + invitations.size() + nodes.size();
    }

    @Override
    public String toString() {
        return "%d keys, %d revoked, %d nodes".formatted(keys.size(), revoked.size(), nodes.size());
    }
}
