package dev.geniehive.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In what order subjects are measured: each round another one begins, so that none always has the same neighbour in time. */
final class Rotation {
    private Rotation() {}

    /** {@return all of them, beginning with another one each round; every second time around backwards} */
    static <T> List<T> order(List<T> subjects, int round) {
        List<T> order = new ArrayList<>(subjects);
        if (round / Math.max(1, subjects.size()) % 2 == 1) {
            Collections.reverse(order);
        }
        Collections.rotate(order, -round);
        return order;
    }
}
