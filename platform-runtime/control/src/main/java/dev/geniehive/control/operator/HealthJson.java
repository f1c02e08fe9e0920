package dev.geniehive.control.operator;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The verdict on the hive in words, with the figures behind it. */
final class HealthJson {
    private HealthJson() {}

    static Json.Obj of(HiveSnapshot hive) {
        List<Json> problems = problems(hive);
        long usable = hive.services().values().stream()
                .filter(service -> service.health().usable())
                .count();
        String status = usable == 0 ? "down" : problems.isEmpty() ? "ok" : "degraded";
        long online = hive.hosts().values().stream().filter(Host::online).count();
        Json.Obj services = Json.object().put("total", hive.services().size());
        for (ServiceHealth health : Arrays.asList(ServiceHealth.values())) {
            services = services.put(
                    health.wireName(),
                    hive.services().values().stream()
                            .filter(service -> service.health() == health)
                            .count());
        }
        return Json.object()
                .put("status", status)
                .put("summary", summary(hive, usable, problems.size()))
                .put(
                        "hosts",
                        Json.object()
                                .put("total", hive.hosts().size())
                                .put("online", online)
                                .put("lost", hive.hosts().size() - online))
                .put("services", services)
                .put("problems", Json.array(problems));
    }

    private static String summary(HiveSnapshot hive, long usable, int problems) {
        int total = hive.services().size();
        if (total == 0) {
            return "No engine is known. Start one, or name it under agent.services.";
        }
        String text = "%d of %s on %s can serve requests."
                .formatted(usable, count(total, "service"), count(hive.hosts().size(), "host"));
        return problems == 0
                ? text
                : text + " %s %s a look.".formatted(count(problems, "problem"), problems == 1 ? "needs" : "need");
    }

    private static String count(int number, String what) {
        return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
    }

    private static List<Json> problems(HiveSnapshot hive) {
        List<Json> problems = new ArrayList<>();
        for (Host host : hive.hosts().values()) {
            if (!host.online()) {
                problems.add(problem(
                        "Host %s is lost.".formatted(host.id()),
                        host.lastSeen().toString(),
                        "See whether the machine is up and its agent runs."));
            }
        }
        onlySimulated(hive).ifPresent(problems::add);
        for (Service service : hive.services().values()) {
            if (service.health() != ServiceHealth.HEALTHY) {
                problems.add(problem(
                        "Service %s is %s%s"
                                .formatted(
                                        service.id(),
                                        service.health().wireName(),
                                        service.reason().isEmpty() ? "." : ": " + service.reason()),
                        service.since().toString(),
                        nextStep(service.health())));
            }
        }
        return problems;
    }

    /** Made-up answers are not what a hive is for, however healthy their maker is. */
    private static Optional<Json> onlySimulated(HiveSnapshot hive) {
        List<Service> usable = hive.services().values().stream()
                .filter(service -> service.health().usable())
                .toList();
        return usable.stream().allMatch(service -> service.inventory().simulated())
                ? usable.stream()
                        .map(Service::since)
                        .max(Comparator.naturalOrder())
                        .map(since -> problem(
                                "No engine is here: all answers are simulated.",
                                since.toString(),
                                "Start llama.cpp, Ollama or vLLM, or name a server under agent.services."))
                : Optional.empty();
    }

    private static String nextStep(ServiceHealth health) {
        return switch (health) {
            case LOADING -> "Wait until the engine has loaded its model.";
            case UNREACHABLE -> "Start the engine, or take it out of agent.services.";
            case UNHEALTHY, DEGRADED, HEALTHY -> "Look into the engine's own log.";
        };
    }

    private static Json problem(String what, String since, String nextStep) {
        return Json.object().put("what", what).put("since", since).put("next_step", nextStep);
    }
}
