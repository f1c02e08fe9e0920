package dev.geniehive.kernel.access;

import java.util.Map;
import java.util.Optional;

/** Knows whose key a key is. Called for every request, by many threads at once. */
@FunctionalInterface
public interface Keys {
    /** {@return whose key has this hash, if anybody's} */
    Optional<Principal> find(KeyHash hash);

    /** {@return a fixed set of keys; all of them are compared, each in constant time} */
    static Keys of(Map<KeyHash, Principal> keys) {
        Map<KeyHash, Principal> fixed = Map.copyOf(keys);
        return hash -> {
            Optional<Principal> found = Optional.empty();
            for (Map.Entry<KeyHash, Principal> entry : fixed.entrySet()) {
                if (entry.getKey().matches(hash)) {
                    found = Optional.of(entry.getValue());
                }
            }
            return found;
        };
    }

    /** {@return these keys, then others} */
    default Keys or(Keys others) {
        return hash -> find(hash).or(() -> others.find(hash));
    }
}
