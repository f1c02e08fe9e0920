package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.machine.ThisMachine;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.ServiceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The node agent: serves the control plane in its process, if there is one, and those that it belongs to elsewhere. */
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
        Parts running = Parts.start(context, read(context.config()));
        parts = running;
        return running.routes();
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
        Parts running = parts;
        return running == null ? List.of() : running.notReady();
    }

    @Override
    public List<String> summary() {
        Parts running = parts;
        if (running == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(running.memberships());
        List<ServiceReport> reports = running.reports();
        reports.forEach(report -> lines.add(line(report)));
        if (reports.isEmpty()) {
            lines.add("no engine; start one, or name it under agent.services");
        }
        return lines;
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

    /** A line of the greeting, for example {@code llama: llamacpp b10488 at http://127.0.0.1:8080, healthy, serves m}. */
    private static String line(ServiceReport report) {
        Inventory inventory = report.inventory();
        StringBuilder line = new StringBuilder(report.name());
        if (inventory.simulated()) {
            line.append(" (its answers are made up)");
        } else {
            line.append(": ")
                    .append("%s %s"
                            .formatted(report.engine(), inventory.version())
                            .strip());
            if (report.reach() instanceof Reach.Direct direct) {
                line.append(" at ").append(direct.base());
            }
        }
        line.append(", ").append(inventory.health().wireName());
        if (!inventory.reason().isEmpty()) {
            line.append(" (")
                    .append(inventory.reason().replaceFirst("\\.$", ""))
                    .append(')');
        }
        return inventory.assets().isEmpty()
                ? line.toString()
                : line.append(", serves ").append(models(inventory.assets())).toString();
    }

    private static String models(List<Asset> assets) {
        String first = assets.stream().map(Asset::id).limit(MODELS_SHOWN).collect(Collectors.joining(", "));
        return assets.size() <= MODELS_SHOWN ? first : first + " and %d more".formatted(assets.size() - MODELS_SHOWN);
    }
}
