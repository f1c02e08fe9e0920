package dev.geniehive.control.node;

import dev.geniehive.control.hive.Hive;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Registration;

/**
 * The control plane as an agent in the same process sees it.
 *
 * @param registrar lets it in
 * @param hive where its reports go
 */
public record LocalControlPlane(Registrar registrar, Hive hive) implements ControlPlane {
    @Override
    public Assignment register(Registration registration) {
        return registrar.local(registration);
    }

    @Override
    public HeartbeatAnswer heartbeat(Heartbeat heartbeat) {
        return hive.report(heartbeat);
    }
}
