package dev.geniehive.api.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One model as one service offers it.
 *
 * <p>Only facts that the engine reports are here. What it does not say stays empty: an empty set of operations means
 * "whatever the service's adapters speak", an empty set of abilities means "unknown", not "none".
 *
 * @param id what the engine calls it; this name is sent to the engine
 * @param loaded whether it answers without loading weights first
 * @param operations what it can be asked for; empty if the engine does not say
 * @param abilities what it can do beyond the plain operation; empty if the engine does not say
 * @param contextLength tokens of prompt and answer together that one request may use
 * @param quantization the engine's name of it, for example {@code Q4_K_M}
 * @param sizeBytes size of the weights
 * @param parameters how many parameters the model has
 */
public record Asset(
        String id,
        boolean loaded,
        Set<Operation> operations,
        Set<Ability> abilities,
        OptionalInt contextLength,
        Optional<String> quantization,
        OptionalLong sizeBytes,
        OptionalLong parameters) {
    public Asset {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an asset needs a name");
        }
        operations = Set.copyOf(operations);
        abilities = Set.copyOf(abilities);
    }

    /** {@return an asset of which only the name is known, loaded} */
    public static Asset loaded(String id) {
        return new Asset(
                id,
                true,
                Set.of(),
                Set.of(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /** {@return an asset of which only the name is known, on disk but not loaded} */
    public static Asset installed(String id) {
        return new Asset(
                id,
                false,
                Set.of(),
                Set.of(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /** {@return the same asset, offering these operations} */
    public Asset offering(Set<Operation> offered) {
        return new Asset(id, loaded, offered, abilities, contextLength, quantization, sizeBytes, parameters);
    }

    /** {@return the same asset with these abilities} */
    public Asset able(Set<Ability> able) {
        return new Asset(id, loaded, operations, able, contextLength, quantization, sizeBytes, parameters);
    }

    /** {@return the same asset with a context of so many tokens; a number below 1 means unknown} */
    public Asset context(long tokens) {
        OptionalInt known =
                tokens < 1 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(tokens, Integer.MAX_VALUE));
        return new Asset(id, loaded, operations, abilities, known, quantization, sizeBytes, parameters);
    }

    /** {@return the same asset with a quantisation; a blank name means unknown} */
    public Asset quantized(String name) {
        Optional<String> known = Optional.of(name).filter(text -> !text.isBlank());
        return new Asset(id, loaded, operations, abilities, contextLength, known, sizeBytes, parameters);
    }

    /** {@return the same asset with sizes; a number below 1 means unknown} */
    public Asset sized(long bytes, long parameterCount) {
        return new Asset(
                id, loaded, operations, abilities, contextLength, quantization, known(bytes), known(parameterCount));
    }

    private static OptionalLong known(long number) {
        return number < 1 ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
