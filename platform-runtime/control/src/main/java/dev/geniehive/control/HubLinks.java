package dev.geniehive.control;

import dev.geniehive.control.hive.Links;
import dev.geniehive.kernel.link.LinkHub;

/** The links of nodes as the hive sees them. */
record HubLinks(LinkHub hub) implements Links {
    @Override
    public int connections(String node) {
        return hub.connections(node);
    }

    @Override
    public void nudge(String node) {
        hub.nudge(node);
    }

    @Override
    public void cut(String node) {
        hub.cut(node);
    }
}
