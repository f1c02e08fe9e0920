package dev.geniehive.control;

import dev.geniehive.control.roles.RoleSection;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.store.Store;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The control plane. */
public final class ControlApp implements App {
    private @Nullable Parts parts;

    @Override
    public String name() {
        return "control";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public void prepare() {
        Store.prepare();
    }

    @Override
    public void check(Configuration config) {
        RoutingRules.from(config.section("routing"), config.section("queues"));
        RoleSection.read(config.section("roles"));
        Liveness.from(config.section("heartbeat"));
        Stores.settings(config.section("store"), config.base());
    }

    @Override
    public List<AppRoute> start(AppContext context) {
        Parts made = new Parts(context);
        parts = made;
        context.share(ControlPlane.class, made.forThisProcess());
        context.extensions().onChange(made::renew);
        made.renew();
        return made.routes();
    }

    @Override
    public void reconfigure(Configuration config, Set<String> changed) {
        running().reconfigure(config, changed);
    }

    @Override
    public List<String> notReady() {
        return running().notReady();
    }

    @Override
    public List<String> summary() {
        return List.of();
    }

    @Override
    public void close() {
        Parts running = parts;
        if (running != null) {
            running.close();
        }
    }

    private Parts running() {
        Parts running = parts;
        if (running == null) {
            throw new IllegalStateException("the control plane has not started");
        }
        return running;
    }
}
