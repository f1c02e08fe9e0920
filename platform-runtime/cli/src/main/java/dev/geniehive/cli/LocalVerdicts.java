package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import dev.geniehive.kernel.config.ConfigProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the facts about this machine mean. Pure: facts in, finding out. */
final class LocalVerdicts {
    static final long LEAST_FREE_BYTES = 1L << 30;

    private static final int JAVA = 25;

    private LocalVerdicts() {}

    static Finding configuration(Optional<Path> file, List<ConfigProblem> problems) {
        String name = file.map(Path::toString).orElse("no file");
        return problems.isEmpty()
                ? Finding.ok("configuration", "%s: it is good.".formatted(name))
                : Finding.problem(
                        "configuration",
                        problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")),
                        "Mend it; `geniehive config validate` names the problems again.");
    }

    static Finding java(int feature, String home) {
        String found = "Java %d in %s.".formatted(feature, home);
        return feature >= JAVA
                ? Finding.ok("java", found)
                : Finding.problem("java", found, "GenieHive needs 25 or newer; see https://adoptium.net");
    }

    /** @param freeBytes of the disk that the home folder is on */
    static Finding home(Path home, boolean writable, long freeBytes) {
        if (!writable) {
            return Finding.problem(
                    "home",
                    "%s cannot be written to by this user.".formatted(home),
                    "Give it to this user (chown), or name another one with --home or GENIEHIVE_HOME.");
        }
        String free = Words.size(Json.of(freeBytes));
        return freeBytes >= LEAST_FREE_BYTES
                ? Finding.ok("home", "%s can be written to, %s are free.".formatted(home, free))
                : Finding.problem(
                        "home",
                        "On the disk of %s only %s are free.".formatted(home, free),
                        "Make room, 1 GiB at least, or name a folder on another disk with --home or GENIEHIVE_HOME.");
    }

    /** @param open whether others than the owner may read it; empty if there is none */
    static Finding credentials(Path file, Optional<Boolean> open) {
        if (open.isEmpty()) {
            return Finding.ok("credentials", "%s is made at the first start.".formatted(file));
        }
        return open.get()
                ? Finding.problem(
                        "credentials",
                        "Others on this machine may read %s.".formatted(file),
                        "chmod 600 %s".formatted(file))
                : Finding.ok("credentials", "Only its owner may read %s.".formatted(file));
    }

    /** @param needed whether this distribution could not do without this port */
    static Finding port(String host, int port, PortProbe.Owner owner, boolean needed) {
        String at = "%s:%d".formatted(host, port);
        return switch (owner) {
            case FREE -> Finding.ok("port", "%s is free.".formatted(at));
            case OURS -> Finding.ok("port", "GenieHive answers at %s.".formatted(at));
            case UNTRUSTED ->
                Finding.warning(
                        "port",
                        "At %s somebody speaks TLS with a certificate that this machine does not trust.".formatted(at),
                        "If it is GenieHive, all is well; `ss -ltnp 'sport = :%d'` tells.".formatted(port));
            default ->
                new Finding(
                        "port",
                        needed ? Finding.Level.PROBLEM : Finding.Level.WARNING,
                        "%s cannot be used.".formatted(at),
                        owner.whyNotFree(host, port));
        };
    }

    /** {@return the findings for engines that other machines can use without a key} */
    static List<Finding> exposure(List<Exposure.Open> open) {
        if (open.isEmpty()) {
            return List.of(Finding.ok("exposure", "No engine answers other machines without a key."));
        }
        return open.stream()
                .map(one -> Finding.problem(
                        "exposure",
                        "An engine (%s) answers everyone who can reach %s:%d, without a key."
                                .formatted(one.engine(), one.address(), one.port()),
                        one.remedy()))
                .toList();
    }
}
