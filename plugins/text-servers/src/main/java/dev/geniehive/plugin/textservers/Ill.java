package dev.geniehive.plugin.textservers;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.ServiceHealth;

/** What is said of a server that cannot serve now. */
final class Ill {
    private Ill() {}

    static Inventory loading(String reason) {
        return Inventory.without(ServiceHealth.LOADING, reason);
    }

    static Inventory wantsKey(String path) {
        return Inventory.unhealthy("It wants a key for %s: set api-key of the service.".formatted(path));
    }

    /** A path answered, and not with what stands there. */
    static Inventory without(String what, String path, Probe probe) {
        return Inventory.unhealthy("%s answered %d and no %s.".formatted(path, probe.status(), what));
    }
}
