package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers the facts about control planes and what is behind them.
 *
 * @param url the control plane that commands of this user talk to
 * @param expected whether somebody named it
 * @param key the operator's
 * @param keyOrigin where the key comes from, in words
 * @param known those that the agent of this machine has joined
 * @param invitation one to look at without using it
 * @param chat whether models are asked for a word
 */
record RemoteExamination(
        String url,
        boolean expected,
        Optional<String> key,
        String keyOrigin,
        List<ControlPlanes.Known> known,
        Invitation invitation,
        boolean chat,
        Web web,
        InstantSource clock) {
    private static final Duration QUICK = Duration.ofSeconds(4);
    private static final Duration PATIENT = Duration.ofSeconds(10);

    static RemoteExamination of(ClientOptions options, Invitation invitation, boolean chat) {
        ControlClient client = options.client();
        return new RemoteExamination(
                client.url(),
                options.known().isPresent(),
                client.key(),
                options.keyOrigin(),
                ControlPlanes.of(options.folder()).known(),
                invitation,
                chat,
                new Web(),
                InstantSource.system());
    }

    List<Checks.Check> checks() {
        List<Checks.Check> checks = new ArrayList<>();
        boolean elsewhere = !known.isEmpty() || invitation.url().isPresent();
        if (expected || !elsewhere) {
            checks.add(new Checks.Check("control plane", this::controlPlane));
        }
        for (ControlPlanes.Known one : known) {
            checks.add(new Checks.Check(
                    "this machine's key",
                    () -> behind(
                            one.url(),
                            () -> List.of(Verdicts.ownKey(
                                    one,
                                    web.get(
                                            one.url() + "/v1/nodes/token",
                                            one.key().reveal(),
                                            QUICK))))));
        }
        invitation.url().ifPresent(to -> checks.add(new Checks.Check("token", () -> behind(to, () -> token(to)))));
        return checks;
    }

    /** What is looked at only if a control plane can be reached. */
    @FunctionalInterface
    private interface Further {
        List<Finding> look() throws InterruptedException;
    }

    private List<Finding> controlPlane() throws InterruptedException {
        return behind(
                url,
                () -> key.isPresent()
                        ? operator(key.get())
                        : List.of(
                                Finding.warning(
                                        "key",
                                        "No key of an operator is here (%s), so the hive cannot be looked at."
                                                .formatted(keyOrigin),
                                        "Give it as GENIEHIVE_API_KEY; it is in `credentials` in the home folder of the control plane.")));
    }

    private List<Finding> behind(String base, Further further) throws InterruptedException {
        Instant before = clock.instant();
        Web.Outcome livez = web.get(base + "/livez", "", QUICK);
        Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
        List<Finding> findings = new ArrayList<>();
        findings.add(Verdicts.reachable(base, livez));
        if (livez.isGenieHive()) {
            date(livez).ifPresent(date -> findings.add(Verdicts.clock(base, Duration.between(date, middle))));
            findings.addAll(further.look());
        }
        return findings;
    }

    private static Optional<Instant> date(Web.Outcome outcome) {
        try {
            return outcome.header("date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException strange) {
            return Optional.empty();
        }
    }

    private List<Finding> token(String base) throws InterruptedException {
        return invitation.token().isPresent()
                ? List.of(Verdicts.token(
                        base,
                        web.get(
                                base + "/v1/nodes/token",
                                invitation.token().get().text(),
                                QUICK)))
                : List.of();
    }

    private List<Finding> operator(String secret) throws InterruptedException {
        Web.Outcome health = web.get(url + "/v1/cluster/health", secret, QUICK);
        List<Finding> findings = new ArrayList<>(List.of(Verdicts.key(url, health, keyOrigin)));
        if (health.status() != 200) {
            return findings;
        }
        findings.addAll(Verdicts.hive(health.json()));
        Json hosts = web.get(url + "/v1/cluster/hosts", secret, QUICK).json().get("data");
        List<Checks.Check> machines = hosts.items().stream()
                .filter(host -> !host.get("status").equals(Json.of("lost")))
                .map(host -> new Checks.Check("agent", () -> machine(host, secret)))
                .toList();
        findings.addAll(Checks.run(machines));
        return findings;
    }

    private List<Finding> machine(Json host, String secret) throws InterruptedException {
        String id = Words.of(host.get("id"));
        List<Finding> findings = new ArrayList<>();
        findings.add(Verdicts.otherWay(
                id,
                web.send(
                        "POST",
                        "%s/v1/node/services/refresh?node=%s".formatted(url, ControlClient.encode(id)),
                        secret,
                        Json.nothing(),
                        Map.of(),
                        PATIENT)));
        if (chat) {
            Optional<String> model = loaded(host);
            if (model.isPresent()) {
                findings.add(word(id, model.get(), secret));
            }
        }
        return findings;
    }

    private Finding word(String host, String model, String secret) throws InterruptedException {
        Json body = Json.object()
                .put("model", model)
                .put("max_tokens", 1)
                .put(
                        "messages",
                        Json.array(List.of(Json.object().put("role", "user").put("content", "Hello"))));
        long began = System.nanoTime();
        Web.Outcome answer =
                web.send("POST", url + "/v1/chat/completions", secret, body, Map.of("x-geniehive-host", host), PATIENT);
        return Verdicts.speech(host, model, answer, Duration.ofNanos(System.nanoTime() - began));
    }

    /** {@return a model of a machine that can chat now, without loading anything} */
    static Optional<String> loaded(Json host) {
        Set<String> able = new LinkedHashSet<>();
        for (Json service : host.get("services").items()) {
            boolean chats = service.get("operations").items().contains(Json.of("chat"));
            if (chats && Set.of("healthy", "degraded").contains(Words.of(service.get("status")))) {
                service.get("models").items().stream()
                        .filter(model -> model.get("loaded").equals(Json.of(true)))
                        .forEach(model -> model.get("id").asString().ifPresent(able::add));
            }
        }
        return able.stream().findFirst();
    }
}
