package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.util.List;

/** What the answers of control planes mean. Pure: outcome in, finding out. */
final class Verdicts {
    private static final Duration CLOCK_WARNING = Duration.ofSeconds(60);
    private static final Duration CLOCK_PROBLEM = Duration.ofMinutes(5);

    private Verdicts() {}

    /**
     * {@return whether a control plane can be reached}
     *
     * @param livez what it answered to {@code /livez}
     */
    static Finding reachable(String url, Web.Outcome livez) {
        String check = "control plane";
        return switch (livez.trouble()) {
            case NONE ->
                livez.isGenieHive()
                        ? Finding.ok(check, "%s answers.".formatted(url))
                        : Finding.problem(
                                check,
                                "Something answers at %s, and it is not GenieHive (status %d)."
                                        .formatted(url, livez.status()),
                                "See whether address and port are right, and whether a proxy stands in between.");
            case BAD_ADDRESS ->
                Finding.problem(check, "'%s' is no address.".formatted(url), "It looks like http://control.lan:7833.");
            case UNKNOWN_HOST ->
                Finding.problem(
                        check,
                        "The name in %s is not known to this machine.".formatted(url),
                        "See `getent hosts NAME`; use the address instead, or add the name to DNS or /etc/hosts.");
            case REFUSED ->
                Finding.problem(
                        check,
                        "The machine of %s is there, and nothing listens at that port.".formatted(url),
                        "Start it there (geniehive up, geniehive control). If it runs, it may listen on loopback only: --host 0.0.0.0.");
            case TIMED_OUT ->
                Finding.problem(
                        check,
                        "%s does not answer in time.".formatted(url),
                        "See whether the machine is up and reachable (ping), and whether a firewall drops the port.");
            case TLS ->
                Finding.problem(
                        check,
                        "%s is there, and no trusted TLS connection comes about: %s".formatted(url, livez.detail()),
                        "See whether it is http or https, and whether this machine trusts its certificate.");
            case BROKEN ->
                Finding.problem(
                        check,
                        "%s breaks off: %s".formatted(url, livez.detail()),
                        "See whether it is http or https, and what the log there says.");
        };
    }

    /**
     * {@return whether the operator's key is taken}
     *
     * @param looked where the key comes from
     */
    static Finding key(String url, Web.Outcome health, String looked) {
        return switch (health.status()) {
            case 200 -> Finding.ok("key", "%s takes the key (%s).".formatted(url, looked));
            case 401, 403 ->
                Finding.problem(
                        "key",
                        "%s does not take the key (%s): %s".formatted(url, looked, health.message()),
                        "Take the line admin-key from `credentials` in the home folder there, and give it as GENIEHIVE_API_KEY.");
            default -> unexpected("key", url, health);
        };
    }

    /** {@return what its own judgement of the hive says} */
    static List<Finding> hive(Json health) {
        List<Finding> problems = health.get("problems").items().stream()
                .map(problem -> Finding.problem(
                        "hive",
                        Words.of(problem.get("what")),
                        problem.get("next_step").asString().orElse("See: geniehive status")))
                .toList();
        if (!problems.isEmpty()) {
            return problems;
        }
        String summary = health.get("summary").asString().orElse("It says nothing.");
        return List.of(
                health.get("status").equals(Json.of("ok"))
                        ? Finding.ok("hive", summary)
                        : Finding.problem("hive", summary, "See: geniehive services, geniehive hosts"));
    }

    /** {@return whether an invitation would be taken} */
    static Finding token(String url, Web.Outcome answer) {
        return switch (answer.status()) {
            case 200 -> Finding.ok("token", "%s would take it.".formatted(url));
            case 401, 403 ->
                Finding.problem(
                        "token",
                        "%s does not take it: it is wrong, used or expired.".formatted(url),
                        "Make a new one there with: geniehive node invite");
            default -> unexpected("token", url, answer);
        };
    }

    /** {@return whether this machine's own key is taken} */
    static Finding ownKey(ControlPlanes.Known known, Web.Outcome answer) {
        return switch (answer.status()) {
            case 200 ->
                Finding.ok("this machine's key", "%s knows this machine as %s.".formatted(known.url(), known.node()));
            case 401, 403 ->
                Finding.problem(
                        "this machine's key",
                        "This machine's key is not accepted by %s: it was removed there.".formatted(known.url()),
                        "Make a new invitation there with `geniehive node invite`, and run the line that it prints here.");
            default -> unexpected("this machine's key", known.url(), answer);
        };
    }

    /**
     * {@return how far our clock is from that of a control plane}
     *
     * @param ahead how much ours is ahead; may be negative
     */
    static Finding clock(String url, Duration ahead) {
        Duration off = ahead.abs();
        if (off.compareTo(CLOCK_WARNING) <= 0) {
            return Finding.ok("clock", "The clocks here and at %s agree.".formatted(url));
        }
        String found = "This machine's clock is %.1f minutes %s the one at %s."
                .formatted(off.toSeconds() / 60.0, ahead.isNegative() ? "behind" : "ahead of", url);
        String next = "Set the clock on the one that is wrong (NTP: `timedatectl set-ntp true`).";
        return off.compareTo(CLOCK_PROBLEM) >= 0
                ? Finding.problem("clock", found, next)
                : Finding.warning("clock", found, next);
    }

    /** {@return whether the control plane reaches a machine's agent} */
    static Finding otherWay(String host, Web.Outcome refresh) {
        return refresh.status() == 200
                ? Finding.ok("agent", "The control plane reaches %s.".formatted(host))
                : Finding.problem(
                        "agent",
                        "The control plane does not reach %s: %s".formatted(host, said(refresh)),
                        "See the agent's log there (logs/agent.log), and whether a proxy in between cuts long connections.");
    }

    /** {@return whether a model on a machine says something} */
    static Finding speech(String host, String model, Web.Outcome answer, Duration took) {
        return answer.status() == 200
                ? Finding.ok("answer", "%s on %s said something after %d ms.".formatted(model, host, took.toMillis()))
                : Finding.problem(
                        "answer",
                        "%s on %s does not answer: %s".formatted(model, host, said(answer)),
                        "See: geniehive why %s, geniehive services".formatted(model));
    }

    private static Finding unexpected(String check, String url, Web.Outcome answer) {
        return Finding.problem(
                check,
                "%s cannot say: %s".formatted(url, said(answer)),
                answer.status() == 404
                        ? "It may be an older version; see `geniehive --version` on both machines."
                        : "See the log there.");
    }

    private static String said(Web.Outcome answer) {
        return switch (answer.trouble()) {
            case NONE -> answer.message();
            case TIMED_OUT -> "it did not answer in time";
            default -> answer.detail().isEmpty() ? answer.trouble().name() : answer.detail();
        };
    }
}
