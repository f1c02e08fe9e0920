package dev.geniehive.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Flags and their values, as they were typed; what was looked at is gone. */
final class Words {
    private final List<String> left;

    private Words(List<String> words) {
        this.left = new ArrayList<>(words);
    }

    static Words of(List<String> words) {
        return new Words(words);
    }

    boolean flag(String name) {
        return left.remove(name);
    }

    /** {@return the value of a flag; the last if there are several} */
    Optional<String> text(String name) {
        Optional<String> value = Optional.empty();
        for (int at = left.indexOf(name); at >= 0; at = left.indexOf(name)) {
            left.remove(at);
            if (at == left.size()) {
                throw new IllegalArgumentException("%s wants a value".formatted(name));
            }
            value = Optional.of(left.remove(at));
        }
        return value;
    }

    int number(String name, int absent, int least) {
        Optional<String> text = text(name);
        try {
            int number = text.map(Integer::parseInt).orElse(absent);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "%s wants a number from %d, was '%s'".formatted(name, least, text.orElse("")));
    }

    List<String> list(String name) {
        return text(name)
                .map(words ->
                        Arrays.stream(words.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
    }

    void refuseTheRest() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("Nobody knows '%s' here.".formatted(left.getFirst()));
        }
    }
}
