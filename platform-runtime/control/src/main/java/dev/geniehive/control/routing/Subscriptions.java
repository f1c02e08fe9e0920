package dev.geniehive.control.routing;

import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.protocol.Terms;

/** Which services work on the requests of which queues. */
public final class Subscriptions {
    private Subscriptions() {}

    /**
     * {@return whether a service works on the requests of a queue: its machine says so, or the queue names its machine;
     * a queue that no machine was given, and the overflow of any, is served by those that serve the shared one}
     */
    public static boolean serves(HiveSnapshot hive, QueueRules queue, Service service) {
        return service.terms().queues().contains(queue.name())
                || queue.hosts().contains(service.host())
                || ((service.terms().overflow() || isNobodys(hive, queue))
                        && service.terms().queues().contains(Terms.SHARED_QUEUE));
    }

    private static boolean isNobodys(HiveSnapshot hive, QueueRules queue) {
        return queue.hosts().isEmpty() && !hive.isServed(queue.name());
    }
}
