package dev.geniehive.control.roles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All roles that hold at one moment. Immutable.
 *
 * @param entries by name, sorted
 */
public record RoleBook(SortedMap<String, Entry> entries) {
    /** No roles. */
    public static final RoleBook EMPTY = new RoleBook(new TreeMap<>());

    public RoleBook {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /**
     * A role and where it comes from.
     *
     * @param shadows whether a role of that name was made through the API, too, and does not count
     */
    public record Entry(Role role, boolean fromFile, boolean shadows) {}

    /** {@return a book of roles that were made through the API} */
    public static RoleBook of(Collection<Role> made) {
        return of(Map.of(), made);
    }

    /** {@return a book of roles from two places; those of the file count where both have a name} */
    static RoleBook of(Map<String, Role> file, Collection<Role> made) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        made.forEach(role -> entries.put(role.name(), new Entry(role, false, false)));
        file.forEach((name, role) -> entries.put(name, new Entry(role, true, entries.containsKey(name))));
        return new RoleBook(entries);
    }

    public Optional<Role> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::role);
    }

    /** {@return the role itself, then those that it falls back to, directly or not, each once} */
    public List<Role> chain(Role role) {
        Map<String, Role> chain = new LinkedHashMap<>();
        follow(role, chain);
        return List.copyOf(chain.values());
    }

    private void follow(Role role, Map<String, Role> chain) {
        if (chain.putIfAbsent(role.name(), role) == null) {
            role.fallback().forEach(next -> find(next).ifPresent(found -> follow(found, chain)));
        }
    }

    /** {@return the names of roles that fall back to that one directly} */
    public List<String> leaningOn(String name) {
        return entries.values().stream()
                .map(Entry::role)
                .filter(role -> role.fallback().contains(name))
                .map(Role::name)
                .toList();
    }

    /** {@return what is wrong with how a role of this book falls back, one sentence each} */
    public List<String> faults(Role role) {
        List<String> faults = new ArrayList<>();
        for (String name : role.fallback()) {
            Optional<Role> next = find(name);
            if (next.isEmpty()) {
                faults.add("no role is called '%s'".formatted(name));
            } else if (next.get().operation() != role.operation()) {
                faults.add("'%s' is for %s, and this role for %s"
                        .formatted(
                                name,
                                next.get().operation().wireName(),
                                role.operation().wireName()));
            }
        }
        if (faults.isEmpty()) {
            List<String> circle = circle(role.name(), role.name(), new HashSet<>());
            if (!circle.isEmpty()) {
                faults.add("goes round in a circle: " + String.join(" -> ", circle));
            }
        }
        return faults;
    }

    /** {@return the way from a role back to another one, empty if there is none} */
    private List<String> circle(String from, String to, Set<String> been) {
        for (String next : find(from).map(Role::fallback).orElse(List.of())) {
            if (next.equals(to)) {
                return List.of(from, to);
            }
            List<String> rest = been.add(next) ? circle(next, to, been) : List.of();
            if (!rest.isEmpty()) {
                List<String> way = new ArrayList<>(List.of(from));
                way.addAll(rest);
                return way;
            }
        }
        return List.of();
    }
}
