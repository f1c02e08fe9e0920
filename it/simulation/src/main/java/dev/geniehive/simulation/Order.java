package dev.geniehive.simulation;

import dev.geniehive.api.model.Urgency;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.queue.Ticket;

/** Who goes first of those who wait. */
enum Order {
    /** As in a real hive. */
    FAIR {
        @Override
        Ticket.Claim claim(QueueRules queue, Crowd crowd) {
            return new Ticket.Claim(queue, crowd.key(), crowd.urgency());
        }
    },

    /** Whoever came first, to compare with: the same queue, in which all are taken for one. */
    FIRST_COME {
        @Override
        Ticket.Claim claim(QueueRules queue, Crowd crowd) {
            return new Ticket.Claim(queue, "all", Urgency.INTERACTIVE);
        }
    };

    abstract Ticket.Claim claim(QueueRules queue, Crowd crowd);
}
