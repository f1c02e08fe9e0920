package dev.geniehive.plugin.vllm;

import java.util.OptionalInt;

/**
 * The few numbers of vLLM's metrics that say how busy it is. One line each engine core: they are added up.
 *
 * @param isVllm whether there is any number of vLLM's
 * @param waiting requests that wait for room, if it says
 * @param asleep whether its weights are not on the GPU
 */
record Metrics(boolean isVllm, OptionalInt waiting, boolean asleep) {
    private static final String WAITING = "vllm:num_requests_waiting";
    private static final String AWAKE = "vllm:engine_sleep_state";

    static Metrics read(String text) {
        boolean own = false;
        boolean asleep = false;
        OptionalInt waiting = OptionalInt.empty();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            own |= line.startsWith("vllm:");
            asleep |= is(line, AWAKE) && line.contains("sleep_state=\"awake\"") && value(line) == 0;
            if (is(line, WAITING) && value(line) >= 0) {
                waiting = OptionalInt.of(sum(waiting.orElse(0), value(line)));
            }
        }
        return new Metrics(own, waiting, asleep);
    }

    private static int sum(int so, double more) {
        return (int) Math.min(Integer.MAX_VALUE, so + more);
    }

    /** {@return whether a line is a sample of exactly this metric, with or without labels} */
    private static boolean is(String line, String metric) {
        return line.startsWith(metric)
                && line.length() > metric.length()
                && "{ ".indexOf(line.charAt(metric.length())) >= 0;
    }

    /** {@return the value at the end of a line, NaN if there is none} */
    private static double value(String line) {
        try {
            return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}
