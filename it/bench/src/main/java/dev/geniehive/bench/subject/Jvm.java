package dev.geniehive.bench.subject;

import java.util.Map;

/**
 * How GenieHive's processes are run.
 *
 * @param options for the JVM
 * @param aot what {@code GENIEHIVE_AOT} says
 */
public record Jvm(String options, String aot) {
    private static final String WITHOUT = "off";

    /** {@return keeping nothing for the next start} */
    public static Jvm of(String options) {
        return new Jvm(options, WITHOUT);
    }

    /** @param mode {@code off}, {@code auto} or {@code full} */
    Jvm keeping(String mode) {
        return new Jvm(options, mode);
    }

    boolean keepsSomething() {
        return !aot.equals(WITHOUT);
    }

    Map<String, String> environment() {
        return Map.of("GENIEHIVE_JAVA_OPTS", options, "GENIEHIVE_AOT", aot);
    }
}
