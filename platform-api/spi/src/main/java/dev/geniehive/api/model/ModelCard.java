package dev.geniehive.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A name that clients can ask for now, with what is known about it over all services that serve it.
 *
 * @param id the name
 * @param kind {@code asset}, {@code alias} or {@code role}
 * @param created when it was first seen
 * @param operations what it can be asked for, never empty
 * @param abilities what it can do beyond the plain operation; empty if unknown
 * @param health the best health among its services
 * @param loaded whether a service has it loaded
 * @param loadable whether a service could load it
 * @param replicas how many services have it
 * @param hosts the ids of the hosts that have it, sorted
 * @param engine the engine's name where all agree, else empty
 * @param quantization where all services agree
 * @param contextLength the largest that a service reports
 * @param sizeBytes where reported
 * @param parameters where reported
 * @param cost the lowest among its services
 * @param queueDepth requests waiting in its services' engines, where reported
 * @param freeSlots requests that could start at once, where known
 * @param simulated whether the answers are made up
 * @param performance how well it was served lately, if it was at all
 * @param description what it is for, in the operator's words; empty if nobody said
 * @param resolvesTo for a role, the models that would be asked now, the best first; otherwise empty
 */
public record ModelCard(
        String id,
        String kind,
        Instant created,
        Set<Operation> operations,
        Set<Ability> abilities,
        ServiceHealth health,
        boolean loaded,
        boolean loadable,
        int replicas,
        List<String> hosts,
        Optional<String> engine,
        Optional<String> quantization,
        OptionalInt contextLength,
        OptionalLong sizeBytes,
        OptionalLong parameters,
        double cost,
        OptionalInt queueDepth,
        OptionalInt freeSlots,
        boolean simulated,
        Optional<ModelPerformance> performance,
        String description,
        List<String> resolvesTo) {
    public ModelCard {
        operations = Set.copyOf(operations);
        abilities = Set.copyOf(abilities);
        hosts = List.copyOf(hosts);
        resolvesTo = List.copyOf(resolvesTo);
    }

    /** {@return the card of a role that these services would play now} */
    public ModelCard asRole(String purpose, List<String> models) {
        return new ModelCard(
                id,
                "role",
                created,
                operations,
                abilities,
                health,
                loaded,
                loadable,
                replicas,
                hosts,
                engine,
                quantization,
                contextLength,
                sizeBytes,
                parameters,
                cost,
                queueDepth,
                freeSlots,
                simulated,
                performance,
                purpose,
                models);
    }
}
