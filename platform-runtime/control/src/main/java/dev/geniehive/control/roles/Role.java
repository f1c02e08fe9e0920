package dev.geniehive.control.roles;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Operation;
import dev.geniehive.control.queue.Queues;
import dev.geniehive.kernel.body.Filling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A name for a purpose, resolved to the best service that fits it.
 *
 * @param name what clients ask for
 * @param description for people; empty if nobody said
 * @param operation the one operation that it can be asked for
 * @param casting who can play it
 * @param filling what its requests get where the client said nothing
 * @param handling how its requests are treated
 * @param fallback roles whose services play it where nobody who fits it can, in this order
 */
public record Role(
        String name,
        String description,
        Operation operation,
        Casting casting,
        Filling filling,
        Handling handling,
        List<String> fallback) {
    public Role {
        fallback = List.copyOf(fallback);
    }

    /**
     * Who can play a role. What an engine does not say about itself keeps nobody out.
     *
     * @param models preferred families or names, the best first; empty if any will do
     * @param minContext tokens of context at least
     * @param minMemoryBytes main memory of the host at least
     * @param maxSize weights at most
     * @param requires abilities
     * @param exposure which services may play it; empty for all that are not kept for overflow
     */
    public record Casting(
            List<ModelPattern> models,
            OptionalInt minContext,
            OptionalLong minMemoryBytes,
            Optional<MaxSize> maxSize,
            Set<Ability> requires,
            Set<String> exposure) {
        public Casting {
            models = List.copyOf(models);
            requires = Set.copyOf(requires);
            exposure = Set.copyOf(exposure);
        }

        /** {@return the place of the first pattern that fits one of the names, from 0; empty if none does} */
        public OptionalInt preference(List<String> names) {
            if (models.isEmpty()) {
                return OptionalInt.of(0);
            }
            for (int i = 0; i < models.size(); i++) {
                for (String name : names) {
                    if (models.get(i).fits(name)) {
                        return OptionalInt.of(i);
                    }
                }
            }
            return OptionalInt.empty();
        }
    }

    /**
     * How the requests of a role are treated.
     *
     * @param ranking the policy that ranks its services; that of {@code routing.ranking} if absent
     * @param queue where they wait; the shared one if absent
     * @param overflow whether they may leave for services that are kept for overflow
     */
    public record Handling(Optional<String> ranking, Optional<String> queue, Overflow overflow) {
        /** Nothing was said. */
        public static final Handling PLAIN = new Handling(Optional.empty(), Optional.empty(), Overflow.NONE);
    }

    /**
     * Whether requests may leave for services that are kept for overflow.
     *
     * @param allow off unless an operator says otherwise
     * @param queueDeadline only after so long a wait
     */
    public record Overflow(boolean allow, Optional<Duration> queueDeadline) {
        /** Off. */
        public static final Overflow NONE = new Overflow(false, Optional.empty());

        /** {@return after how long a wait they may; empty if they may not, as far as the role is asked} */
        public Optional<Duration> after() {
            return allow ? Optional.of(queueDeadline.orElse(Queues.OVERFLOW_AFTER)) : Optional.empty();
        }
    }
}
