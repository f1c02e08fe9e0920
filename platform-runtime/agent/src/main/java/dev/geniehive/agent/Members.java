package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig.Controls;
import dev.geniehive.agent.join.Identities;
import dev.geniehive.agent.join.Identity;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.kernel.app.Ticker;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All control planes elsewhere that this machine belongs to or is to belong to. */
final class Members implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Members.class);

    private final Identities identities;
    private final Maker maker;
    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** Makes what belongs to a control plane, and starts nothing. */
    @FunctionalInterface
    interface Maker {
        Member make(URI url, Controls controls);
    }

    Members(Identities identities, Maker maker) {
        this.identities = identities;
        this.maker = maker;
    }

    /**
     * Serves those that are configured and those that are remembered, from now on.
     *
     * @param alone whether nothing else is served by this process: then an invitation that is not taken is the end
     * @throws GenieException if the one and only control plane turns this machine away
     */
    void start(Controls controls, boolean alone) {
        Set<URI> urls = urls(controls);
        boolean hopeless = alone && urls.size() == 1;
        for (URI url : urls) {
            Member member = maker.make(url, controls);
            members.add(member);
            boolean first = controls.join().stream().anyMatch(url::equals)
                    && identities.find(url).stream().noneMatch(Identity::isMember);
            if (first) {
                join(member, hopeless);
            }
            member.reporter().start();
        }
    }

    /** Serves those that are new, too. Who is no longer configured is remembered, and goes on being served. */
    void reconfigure(Controls controls) {
        Set<URI> more = urls(controls);
        members.forEach(member -> more.remove(member.url()));
        for (URI url : more) {
            log.info("Serving {} too", url);
            Member member = maker.make(url, controls);
            members.add(member);
            member.reporter().start();
        }
    }

    List<Member> all() {
        return List.copyOf(members);
    }

    /** {@return why this machine cannot be counted on, a sentence for each control plane} */
    List<String> notReady(Ticker ticker) {
        List<String> reasons = new ArrayList<>();
        for (Member member : members) {
            Optional<String> why =
                    member.reporter().standing().notReady(member.url().toString(), ticker.nanos());
            why.ifPresent(reasons::add);
        }
        return reasons;
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }

    private static void join(Member member, boolean hopeless) {
        try {
            member.reporter().introduce();
        } catch (GenieException refused) {
            if (hopeless && isFinal(refused)) {
                throw refused;
            }
        }
    }

    /** Trying again does not help; what cannot be reached may come. */
    private static boolean isFinal(GenieException refused) {
        return switch (refused.kind()) {
            case UNAUTHORIZED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, INVALID_REQUEST, CONFLICT -> true;
            default -> false;
        };
    }

    private Set<URI> urls(Controls controls) {
        Set<URI> urls = new LinkedHashSet<>(controls.urls());
        identities.all().stream().filter(Identity::isMember).map(Identity::url).forEach(urls::add);
        return urls;
    }
}
