package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig.Controls;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.agent.join.Identities;
import dev.geniehive.agent.join.RemoteControlPlane;
import dev.geniehive.agent.link.RenewedLink;
import dev.geniehive.agent.link.ServicePlaces;
import dev.geniehive.agent.report.Household;
import dev.geniehive.agent.report.Reporter;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.link.LinkClient;
import dev.geniehive.kernel.link.LinkServices;
import dev.geniehive.kernel.link.LinkSettings;
import dev.geniehive.kernel.upstream.Dialer;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.protocol.Registration;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Makes what belongs to a control plane elsewhere. All links share one count of what each engine is busy with. */
final class Recruiter implements Members.Maker {
    /** The control plane's timeouts rule: it hangs up, and that arrives here. */
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(2), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));

    private final AppContext context;
    private final Registration self;
    private final Identities identities;
    private final Reporter.What what;
    private final Reporter.Clocks clocks;
    private final LinkServices places;

    Recruiter(
            AppContext context, Registration self, Identities identities, Reporter.What what, Reporter.Clocks clocks) {
        this.context = context;
        this.self = self;
        this.identities = identities;
        this.what = new Reporter.What(what.household(), InventoryApi::throughLink, what.telemetry());
        this.clocks = clocks;
        Household household = what.household();
        this.places = new ServicePlaces(self.name(), household::find, this::way);
    }

    @Override
    public Member make(URI url, Controls controls) {
        RemoteControlPlane control =
                new RemoteControlPlane(context.upstreams(), url, identities, controls.tokenFor(url));
        AtomicReference<Runnable> nudged = new AtomicReference<>(() -> {});
        RenewedLink link =
                new RenewedLink(key -> LinkClient.start(LinkSettings.DEFAULT, url, key.reveal(), lent(nudged)));
        Reporter reporter = new Reporter(
                new Reporter.Whom(url.toString(), control, self, new Member.LinkKeeper(control, link)), what, clocks);
        nudged.set(reporter::nudge);
        return new Member(url, control, link, reporter);
    }

    private LinkClient.Parts lent(AtomicReference<Runnable> nudged) {
        return new LinkClient.Parts(
                Dialer.sockets(), places, context.bodies(), () -> nudged.get().run(), clocks.ticker(), clocks.random());
    }

    private Upstream way(ServiceSpec spec) {
        Target target = Target.of(self.name() + "/" + spec.name(), spec.base()).withTimeouts(PATIENT);
        return context.upstreams().to(spec.key().map(target::withKey).orElse(target));
    }
}
