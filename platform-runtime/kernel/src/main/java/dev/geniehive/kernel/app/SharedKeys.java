package dev.geniehive.kernel.app;

import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.access.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The keys that this process takes: the operator's, and those that its apps bring. */
final class SharedKeys implements Keys {
    private final List<Keys> keys = new CopyOnWriteArrayList<>();

    SharedKeys(Keys first) {
        keys.add(first);
    }

    void admit(Keys more) {
        keys.add(more);
    }

    @Override
    public Optional<Principal> find(KeyHash hash) {
        for (Keys some : keys) {
            Optional<Principal> found = some.find(hash);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
