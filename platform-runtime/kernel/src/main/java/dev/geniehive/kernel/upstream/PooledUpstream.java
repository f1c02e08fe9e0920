package dev.geniehive.kernel.upstream;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;

/** The way to one target over the connections of its endpoint. */
final class PooledUpstream implements Upstream {
    private final Upstreams upstreams;
    private final Target target;
    private final Endpoint endpoint;
    private final Dialer dialer;
    private final RequestHead head;

    PooledUpstream(Upstreams upstreams, Target target, Dialer dialer) {
        this.upstreams = upstreams;
        this.target = target;
        this.endpoint = target.endpoint();
        this.dialer = dialer;
        this.head = new RequestHead(target);
    }

    Target target() {
        return target;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Dialer dialer() {
        return dialer;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public UpstreamReply send(UpstreamRequest request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return upstreams.call(this, request, head.of(request)).run();
    }

    @Override
    public String toString() {
        return "Upstream[" + target + "]";
    }
}
