package dev.geniehive.kernel.link;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.kernel.upstream.Timeouts;

/** The way to one service of one node. */
final class LinkUpstream implements Upstream {
    private final Roster roster;
    private final String node;
    private final String service;
    private final String name;
    private final Timeouts timeouts;

    LinkUpstream(Roster roster, String node, String service, String name, Timeouts timeouts) {
        this.roster = roster;
        this.node = node;
        this.service = service;
        this.name = name;
        this.timeouts = timeouts;
    }

    @Override
    public String name() {
        return name;
    }

    /** Sends it; if the connection turns out to be dead before the node can have seen all of it, once more. */
    @Override
    public UpstreamReply send(UpstreamRequest request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        LinkFailures failures = LinkFailures.of(name, request, timeouts);
        try {
            return once(request, failures);
        } catch (UnseenException e) {
            return again(request, failures);
        }
    }

    private UpstreamReply again(UpstreamRequest request, LinkFailures failures) throws InterruptedException {
        try {
            return once(request, failures);
        } catch (UnseenException e) {
            throw failures.brokeBefore(false, LinkWords.reason(e));
        }
    }

    private UpstreamReply once(UpstreamRequest request, LinkFailures failures)
            throws InterruptedException, UnseenException {
        byte[] head = Opening.of(0, service, request).payload();
        Roster.Taken taken = roster.take(node, timeouts.connect().toNanos());
        HubLine line = taken.line();
        if (line == null) {
            throw switch (taken.connections()) {
                case -1 -> failures.stopping();
                case 0 -> failures.noConnection();
                default -> failures.allBusy(taken.connections());
            };
        }
        HubExchange exchange = line.begin(timeouts.write());
        Opening.setWaiting(head, taken.waiting());
        return new Asking(exchange, head, failures).run(request.body());
    }

    @Override
    public String toString() {
        return "Upstream[" + name + " through the link of " + node + "]";
    }
}
