package dev.geniehive.simulation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The engine of a machine: how long it takes, and what it has read already. */
final class Engine {
    private static final double SLOWER = 10;
    private static final double ERROR_SECONDS = 0.02;

    private final Machine machine;
    /** Tokens by conversation, the one that was used last at the end. */
    private final Map<Integer, Integer> read = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Integer, Integer> personas = new LinkedHashMap<>();
    private Fault fault = Fault.NONE;

    Engine(Machine machine) {
        this.machine = machine;
    }

    /** What it had read is gone with it. */
    void suffers(Fault what) {
        fault = what;
        if (what == Fault.GONE) {
            read.clear();
            personas.clear();
        }
    }

    boolean fails() {
        return fault == Fault.FAILING;
    }

    boolean isGone() {
        return fault == Fault.GONE;
    }

    double errorSeconds() {
        return ERROR_SECONDS;
    }

    /** {@return how many tokens of a prompt it need not read again} */
    int knows(Conversation asked) {
        Integer own = read.get(asked.id());
        if (own != null) {
            return own;
        }
        return personas.containsValue(asked.persona()) ? Conversation.systemTokens() : 0;
    }

    double secondsToRead(int tokens) {
        return slowness() * (0.03 + tokens / machine.readsPerSecond());
    }

    double secondsToWrite(int tokens) {
        return slowness() * tokens / machine.writesPerSecond();
    }

    private double slowness() {
        return fault == Fault.SLOW ? SLOWER : 1;
    }

    /** It has read a prompt and written its answer. */
    void remembers(Conversation asked) {
        read.put(asked.id(), asked.promptTokens() + asked.answerTokens());
        personas.put(asked.id(), asked.persona());
        Set<Integer> forgotten = new HashSet<>();
        int excess = read.size() - machine.remembers();
        for (Integer oldest : read.keySet()) {
            if (forgotten.size() >= excess) {
                break;
            }
            forgotten.add(oldest);
        }
        read.keySet().removeAll(forgotten);
        personas.keySet().removeAll(forgotten);
    }
}
