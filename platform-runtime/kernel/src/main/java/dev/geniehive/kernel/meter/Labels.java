package dev.geniehive.kernel.meter;

import dev.geniehive.api.model.Operation;

/**
 * What a request was for.
 *
 * @param operation what was to be done
 * @param model a name that exists in the hive, or {@link #UNKNOWN}: never one that a client made up
 */
public record Labels(Operation operation, String model) {
    /** Stands for every model name that nobody here knows. */
    public static final String UNKNOWN = "unknown";
}
