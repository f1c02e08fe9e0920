package dev.geniehive.agent;

import dev.geniehive.agent.join.RemoteControlPlane;
import dev.geniehive.agent.link.RenewedLink;
import dev.geniehive.agent.report.Reporter;
import dev.geniehive.agent.report.Reporter.Membership;
import dev.geniehive.protocol.Assignment;
import java.net.URI;
import java.util.Optional;

/**
 * What belongs to one control plane elsewhere.
 *
 * @param url where it is
 * @param control how it is called
 * @param link how it calls
 * @param reporter what it is told
 */
record Member(URI url, RemoteControlPlane control, RenewedLink link, Reporter reporter) implements AutoCloseable {
    /** Has the link stand as long as this machine is wanted. */
    record LinkKeeper(RemoteControlPlane control, RenewedLink link) implements Membership {
        @Override
        public void admitted(Assignment assignment) {
            link.under(control.key());
        }

        @Override
        public void refused() {
            link.under(Optional.empty());
        }
    }

    @Override
    public void close() {
        reporter.close();
        link.close();
        control.close();
    }
}
