package dev.geniehive.control;

import dev.geniehive.control.hive.Links;
import dev.geniehive.kernel.link.LinkHub;
import java.util.concurrent.TimeUnit;

/** The links of nodes as the hive sees them. */
record HubLinks(LinkHub hub) implements Links {
    @Override
    public int connections(String node) {
        return hub.connections(node);
    }

    @Override
    public double roundTripMillis(String node) {
        return hub.roundTripNanos(node).orElse(0) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public void nudge(String node) {
        hub.nudge(node);
    }

    @Override
    public void cut(String node, String why) {
        hub.cut(node, why);
    }
}
