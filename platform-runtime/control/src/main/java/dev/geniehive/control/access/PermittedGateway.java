package dev.geniehive.control.access;

import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Gateway;

/**
 * A gateway that holds requests to what their keys cover.
 *
 * @param gateway where they go if they are covered
 * @param permits what callers may do
 */
public record PermittedGateway(Gateway gateway, Permits permits) implements Gateway {
    @Override
    public Exchange ask(Ask ask) {
        permits.check(ask.caller(), ask.operation(), ask.body().facts().model());
        return gateway.ask(ask);
    }
}
