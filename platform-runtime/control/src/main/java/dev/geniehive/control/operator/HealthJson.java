package dev.geniehive.control.operator;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.Hive;
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

    static Json.Obj of(Hive living) {
        HiveSnapshot hive = living.snapshot();
        List<Json> problems = problems(hive, living);
        long usable = usable(hive).size();
        String status = usable == 0 ? "down" : problems.isEmpty() ? "ok" : "degraded";
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
                .put("hosts", hosts(hive))
                .put("services", services)
                .put("problems", Json.array(problems));
    }

    private static Json hosts(HiveSnapshot hive) {
        Json.Obj hosts = Json.object().put("total", hive.hosts().size());
        for (Host.Status status : Host.Status.values()) {
            hosts = hosts.put(
                    status.wireName(),
                    hive.hosts().values().stream()
                            .filter(host -> host.status() == status)
                            .count());
        }
        return hosts;
    }

    /** {@return the services that get requests now} */
    private static List<Service> usable(HiveSnapshot hive) {
        return hive.hosts().values().stream()
                .filter(host -> host.status() == Host.Status.ONLINE)
                .flatMap(host -> host.services().stream())
                .filter(service -> service.health().usable())
                .toList();
    }

    private static String summary(HiveSnapshot hive, long usable, int problems) {
        int total = hive.services().size();
        if (total == 0 && !hive.names().isEmpty()) {
            return "No host is online; %s lost.".formatted(hive.hosts().size() == 1 ? "the only one is" : "all are");
        }
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

    private static List<Json> problems(HiveSnapshot hive, Hive living) {
        List<Json> problems = new ArrayList<>();
        living.massSilence().map(HealthJson::silence).ifPresent(problems::add);
        for (Host host : hive.hosts().values()) {
            if (!host.online()) {
                problems.add(problem(
                        "Host %s is lost.".formatted(host.id()),
                        living.lastSeen(host.id()).toString(),
                        "See whether the machine is up and its agent runs. If it is gone for good: POST /v1/cluster/hosts/%s/remove."
                                .formatted(host.id())));
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

    private static Json silence(Hive.MassSilence silence) {
        return problem(
                "%d hosts fell silent at once; that is rather the network here than all of them."
                        .formatted(silence.hosts().size()),
                silence.since().toString(),
                "Look into the network of this machine. They count as lost after %d s of silence."
                        .formatted(silence.patience().toSeconds()));
    }

    /** Made-up answers are not what a hive is for, however healthy their maker is. */
    private static Optional<Json> onlySimulated(HiveSnapshot hive) {
        List<Service> usable = usable(hive);
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
