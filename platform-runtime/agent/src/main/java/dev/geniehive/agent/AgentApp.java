package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.protocol.ServiceReport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The node agent. */
public final class AgentApp implements App {
    private static final int MODELS_SHOWN = 5;

    private volatile @Nullable Parts parts;

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public void check(Configuration all) {
        AgentConfig.from(all.section("agent"), ThisMachine.hostName());
    }

    @Override
    public List<AppRoute> start(AppContext context) {
        parts = Parts.start(context, read(context.config()));
        return List.of();
    }

    @Override
    public void reconfigure(Configuration all, Set<String> changed) {
        Parts running = parts;
        if (running != null) {
            running.reconfigure(read(all), changed);
        }
    }

    @Override
    public List<String> notReady() {
        return List.of();
    }

    @Override
    public List<String> summary() {
        Parts running = parts;
        return running == null
                ? List.of()
                : running.reports().stream().map(AgentApp::line).toList();
    }

    @Override
    public void close() {
        Parts running = parts;
        if (running != null) {
            running.close();
        }
    }

    private static AgentConfig read(Configuration all) {
        return AgentConfig.from(all.section("agent"), ThisMachine.hostName());
    }

    private static String line(ServiceReport report) {
        Inventory inventory = report.inventory();
        String models =
                inventory.assets().stream().map(Asset::id).limit(MODELS_SHOWN).collect(Collectors.joining(", "));
        return "%s %s, %s%s%s%s"
                .formatted(
                        report.engine(),
                        inventory.version(),
                        inventory.health().wireName(),
                        inventory.reason().isEmpty() ? "" : ": " + inventory.reason(),
                        models.isEmpty() ? "" : ", serves " + models,
                        inventory.simulated() ? " (simulated answers: no engine was found)" : "");
    }
}
