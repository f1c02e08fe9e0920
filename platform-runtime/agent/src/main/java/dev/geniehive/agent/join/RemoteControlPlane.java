package dev.geniehive.agent.join;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import dev.geniehive.kernel.config.Secret;
import dev.geniehive.kernel.upstream.Upstreams;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A control plane that is reached over HTTP. It knows this machine by a key, which it gives in exchange for a token; the
 * key is tried first, and what is new is written down before it is used.
 */
public final class RemoteControlPlane implements ControlPlane, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI url;
    private final Identities identities;
    private final Optional<Secret> token;
    private final ControlPlaneClient client;

    /**
     * @param upstreams opens the connections to it
     * @param token what this machine was invited with, if it was
     */
    public RemoteControlPlane(Upstreams upstreams, URI url, Identities identities, Optional<Secret> token) {
        this(upstreams, url, identities, token, PATIENCE);
    }

    RemoteControlPlane(Upstreams upstreams, URI url, Identities identities, Optional<Secret> token, Duration patience) {
        this.url = url;
        this.identities = identities;
        this.token = token;
        this.client = new ControlPlaneClient(upstreams, url, patience);
    }

    /**
     * {@inheritDoc}
     *
     * @throws GenieException of kind {@code UNAUTHORIZED} if it takes neither key nor token, {@code UNAVAILABLE} or
     *     {@code TIMED_OUT} if it cannot be reached
     */
    @Override
    public Assignment register(Registration registration) {
        Identity me = identities.of(url);
        Registration mine = new Registration(
                me.nodeId().or(registration::nodeId),
                registration.name(),
                me.nonce(),
                registration.version(),
                registration.labels(),
                registration.platform());
        Assignment assignment = admitted(mine, me);
        Secret key = assignment
                .nodeKey()
                .map(Secret::new)
                .or(me::nodeKey)
                .orElseThrow(() -> client.notOurs("it gave no key"));
        identities.keep(me.as(assignment.nodeId(), key));
        return assignment;
    }

    @Override
    public HeartbeatAnswer heartbeat(Heartbeat heartbeat) {
        Secret key = key().orElseThrow(this::notInvited);
        Json answer = client.post("/v1/nodes/heartbeat", key, ProtocolJson.of(heartbeat));
        try {
            return ProtocolJson.heartbeatAnswer(answer);
        } catch (RuntimeException senseless) {
            throw client.notOurs(String.valueOf(senseless.getMessage()));
        }
    }

    /** {@return the key that this machine has there; empty before it was taken in} */
    public Optional<Secret> key() {
        return identities.find(url).flatMap(Identity::nodeKey);
    }

    @Override
    public void close() {
        client.close();
    }

    private Assignment admitted(Registration mine, Identity me) {
        if (me.nodeKey().isEmpty()) {
            return withToken(mine, token.orElseThrow(this::notInvited));
        }
        try {
            return send(mine, me.nodeKey().get());
        } catch (GenieException refused) {
            if (refused.kind() != ErrorKind.UNAUTHORIZED) {
                throw refused;
            }
            return withToken(mine, token.orElseThrow(() -> removed(refused)));
        }
    }

    private Assignment withToken(Registration mine, Secret invitation) {
        try {
            return send(mine, invitation);
        } catch (GenieException refused) {
            if (refused.kind() != ErrorKind.UNAUTHORIZED) {
                throw refused;
            }
            String message =
                    "%s does not take this token: %s A token holds for 15 minutes and once; make a new one there with: geniehive node invite"
                            .formatted(url, refused.getMessage());
            throw new GenieException(
                    new Problem(ErrorKind.UNAUTHORIZED, refused.problem().code(), message), refused);
        }
    }

    private Assignment send(Registration mine, Secret bearer) {
        Json answer = client.post("/v1/nodes/register", bearer, ProtocolJson.of(mine));
        try {
            return ProtocolJson.assignment(answer);
        } catch (RuntimeException senseless) {
            throw client.notOurs(String.valueOf(senseless.getMessage()));
        }
    }

    private GenieException removed(GenieException refused) {
        String message =
                "This machine was removed from %s; invite it again with geniehive node invite there, and join with what that prints."
                        .formatted(url);
        return new GenieException(
                new Problem(ErrorKind.UNAUTHORIZED, refused.problem().code(), message), refused);
    }

    private GenieException notInvited() {
        return new GenieException(
                ErrorKind.UNAUTHORIZED,
                "This machine does not belong to %s yet, and has no token for it. Run geniehive node invite there, and here what that prints."
                        .formatted(url));
    }
}
