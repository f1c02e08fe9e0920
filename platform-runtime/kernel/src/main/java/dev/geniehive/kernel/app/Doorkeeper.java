package dev.geniehive.kernel.app;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Urgency;
import dev.geniehive.kernel.access.AccessRules;
import dev.geniehive.kernel.access.Keys;
import dev.geniehive.kernel.access.RequestFacts;
import dev.geniehive.kernel.access.Verdict;
import dev.geniehive.kernel.config.AccessConfig;
import dev.geniehive.kernel.http.Gatekeeper;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/** Holds requests against the rules of access. */
final class Doorkeeper implements Gatekeeper {
    private final AccessRules rules;
    private final boolean loopbackOnly;

    Doorkeeper(AccessConfig config, Keys keys, boolean loopbackOnly) {
        this.rules = new AccessRules(config, keys);
        this.loopbackOnly = loopbackOnly;
    }

    @Override
    public Caller admit(SocketAddress peer, Headers headers, Access needed, String requestId) {
        if (!(peer instanceof InetSocketAddress address)) {
            throw new GenieException(ErrorKind.FORBIDDEN, "Only connections over TCP are served.");
        }
        return switch (rules.decide(new RequestFacts(address.getAddress(), headers, loopbackOnly), needed)) {
            case Verdict.Allowed allowed ->
                new Caller(
                        allowed.principal().id(),
                        requestId,
                        headers.first("x-session-id").orElse(""),
                        urgency(headers));
            case Verdict.Refused refused -> throw new GenieException(refused.problem());
        };
    }

    private static Urgency urgency(Headers headers) {
        Optional<String> word = headers.first(Urgency.HEADER);
        if (word.isEmpty()) {
            return Urgency.INTERACTIVE;
        }
        return Urgency.named(word.get())
                .orElseThrow(() -> new GenieException(new Problem(
                                ErrorKind.INVALID_REQUEST,
                                "The header %s is interactive or batch.".formatted(Urgency.HEADER))
                        .about(Urgency.HEADER)));
    }
}
