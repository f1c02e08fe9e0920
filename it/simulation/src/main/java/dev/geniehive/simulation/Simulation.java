package dev.geniehive.simulation;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.Links;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.hive.performance.Trails;
import dev.geniehive.control.queue.Ticket;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.control.routing.Verdict;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Plays one scenario with one policy. Hive, router, queue, gauges, breakers, ejection, performance and trails are the real
 * ones; machines, clients and the clock are made up. Used once.
 */
final class Simulation implements Hall.Guests {
    private static final String MODEL = "qwen";
    private static final double NANOS = 1e9;
    private static final int ATTEMPTS = 3;
    private static final double TICK_SECONDS = 1;
    private static final double CONNECT_SECONDS = 2;
    private static final Problem NOBODY_LEFT = new Problem(ErrorKind.UPSTREAM_FAILED, "All have failed.");

    private final Scenario scenario;
    private final long seed;
    private final Hive hive;
    private final Router router;
    private final Trails trails;
    private final Map<String, Engine> engines = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Hall hall;
    private final Score score = new Score();
    private final List<Attempt> running = new ArrayList<>();
    private long now = 1;
    private long scheduled;
    private long looks;
    private boolean hiveChanged;

    /** Something that happens at a time; what was scheduled first happens first. */
    private record Event(long at, long number, Runnable what) {}

    /** A request that a service has now. */
    private static final class Attempt {
        private final Request request;
        private final Service service;
        private boolean begun;
        private boolean over;

        private Attempt(Request request, Service service) {
            this.request = request;
            this.service = service;
        }
    }

    /** Nodes here have no connections beside their heartbeats. */
    private static final class NoLinks implements Links {
        @Override
        public int connections(String node) {
            return 0;
        }

        @Override
        public double roundTripMillis(String node) {
            return 0;
        }

        @Override
        public void nudge(String node) {}

        @Override
        public void cut(String node, String why) {}
    }

    Simulation(Scenario scenario, RankingPolicy policy, long seed) {
        this(scenario, policy, Order.FAIR, seed);
    }

    Simulation(Scenario scenario, RankingPolicy policy, Order order, long seed) {
        this.scenario = scenario;
        this.seed = seed;
        this.hall = new Hall(() -> now, order, this);
        this.hive =
                new Hive(() -> now, () -> Instant.EPOCH.plusNanos(now), Duration.ofSeconds(1), Duration.ofSeconds(5));
        Random dice = new Random(seed);
        this.router = new Router(rules(scenario), policy, Set.of("openai"), dice::nextDouble);
        this.trails = new Trails(new Random(seed + 1));
        scenario.machines().forEach(this::join);
        hive.onChange(() -> hiveChanged = true);
    }

    private static RoutingRules rules(Scenario scenario) {
        RoutingRules usual = RoutingRules.DEFAULTS;
        return new RoutingRules(
                usual.ranking(),
                usual.loadOnDemand(),
                usual.attempts(),
                usual.connectTimeout(),
                usual.firstByteTimeout(),
                usual.streamIdleTimeout(),
                scenario.maxQueue(),
                usual.queueTimeout());
    }

    private void join(Machine machine) {
        engines.put(machine.service(), new Engine(machine));
        hive.register(new Registration(
                Optional.empty(), machine.name(), "", "0", Map.of(), new Platform("Linux", "amd64", 8, 1024)));
        look(machine);
    }

    /** A node looks at its engine and reports what it found. */
    private void look(Machine machine) {
        Inventory inventory = Inventory.healthy("1", List.of(Asset.loaded(MODEL)), Map.of(Operation.CHAT, "openai"))
                .load(Optional.of(new Slots(machine.slots(), 0)), OptionalInt.empty());
        hive.report(Heartbeat.full(
                machine.name(),
                1,
                List.of(new ServiceReport("engine", "made-up", new Reach.Link(), Terms.NONE, inventory, ++looks))));
    }

    /** {@return what clients saw} */
    Result play(String policy) {
        begin();
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.at();
            next.what().run();
            while (hiveChanged) {
                hiveChanged = false;
                hall.decideAnew();
            }
        }
        return score.result(scenario.name(), policy);
    }

    private void begin() {
        int id = 0;
        for (Crowd crowd : scenario.crowds()) {
            Random arrivals = new Random(seed + 2 + id);
            double at = crowd.from();
            for (int i = 0; i < crowd.conversations(); i++) {
                at += -Math.log(1 - arrivals.nextDouble()) / crowd.perSecond();
                Conversation conversation = new Conversation(id++, seed);
                in(at, () -> ask(crowd, conversation));
            }
        }
        Engine first = engine(scenario.machines().getFirst().service());
        in(TICK_SECONDS, this::tick);
        in(scenario.seconds() / 3, () -> first.suffers(scenario.fault()));
        in(scenario.seconds() * 2 / 3, () -> first.suffers(Fault.NONE));
    }

    /** Nodes report, and who talks with one that is lost learns of it. */
    private void tick() {
        for (Machine machine : scenario.machines()) {
            if (!engine(machine.service()).isGone()) {
                HeartbeatAnswer answer =
                        hive.report(new Heartbeat(machine.name(), 1, Optional.empty(), Optional.empty(), List.of()));
                if (!answer.directives().isEmpty()) {
                    look(machine);
                }
            }
        }
        Set<String> lost = hive.sweep(new NoLinks());
        List.copyOf(running).stream()
                .filter(attempt -> lost.contains(attempt.service.host()))
                .forEach(this::failed);
        if (!events.isEmpty()) {
            in(TICK_SECONDS, this::tick);
        }
    }

    private void in(double seconds, Runnable what) {
        events.add(new Event(now + Math.round(seconds * NANOS), scheduled++, what));
    }

    private void ask(Crowd crowd, Conversation conversation) {
        Trail trail = trails.of(crowd.key(), conversation.session(), conversation::open);
        score.asked();
        hall.enter(new Request(conversation, crowd, trail, now));
    }

    @Override
    public Decision decide(Request request) {
        Decision decision =
                router.decide(hive.snapshot(), new RouteRequest(Operation.CHAT, MODEL), Need.NOTHING, request.trail());
        if (request.tried().isEmpty()) {
            return decision;
        }
        List<Verdict.Eligible> left = new ArrayList<>(decision.eligible());
        left.removeIf(one -> request.tried().contains(one.offer().service().id()));
        return decision.left(left, left.isEmpty() ? Optional.of(NOBODY_LEFT) : decision.refusal());
    }

    @Override
    public void waits(Request request, Ticket<Request> ticket) {
        events.add(new Event(ticket.deadline(), scheduled++, () -> hall.expire(request, ticket)));
    }

    @Override
    public void turnedAway(Request request) {
        score.turnedAway(request.crowd());
    }

    @Override
    public void served(Request request, Service service) {
        if (request.tried().isEmpty()) {
            score.waited(request.crowd(), (now - request.askedAt()) / NANOS);
        }
        attempt(request, service);
    }

    private void attempt(Request request, Service service) {
        Performance performance = service.gauge().performance(MODEL);
        performance.chosen();
        request.trail().leadsTo(performance);
        Attempt attempt = new Attempt(request, service);
        running.add(attempt);
        Engine engine = engine(service.id());
        if (engine.isGone()) {
            in(CONNECT_SECONDS, () -> unreachable(attempt));
        } else if (engine.fails()) {
            in(engine.errorSeconds(), () -> failed(attempt));
        } else {
            int tokens = request.conversation().promptTokens();
            int known = Math.min(engine.knows(request.conversation()), tokens);
            score.read(tokens, known);
            long askedAt = now;
            in(engine.secondsToRead(tokens - known), () -> begun(attempt, askedAt));
        }
    }

    private void begun(Attempt attempt, long askedAt) {
        Engine engine = engine(attempt.service.id());
        if (attempt.over || engine.isGone()) {
            return;
        }
        attempt.begun = true;
        attempt.service.gauge().breaker().succeeded();
        attempt.service.gauge().performance(MODEL).firstToken(now - askedAt);
        score.firstToken((now - attempt.request.askedAt()) / NANOS);
        double writing = engine.secondsToWrite(attempt.request.conversation().answerTokens());
        in(writing, () -> answered(attempt, writing));
    }

    private void answered(Attempt attempt, double writing) {
        Engine engine = engine(attempt.service.id());
        if (attempt.over || engine.isGone()) {
            return;
        }
        Conversation conversation = attempt.request.conversation();
        Performance performance = attempt.service.gauge().performance(MODEL);
        performance.wrote(conversation.answerTokens(), Math.round(writing * NANOS));
        performance.succeeded();
        engine.remembers(conversation);
        over(attempt);
        score.answered((now - attempt.request.askedAt()) / NANOS);
        if (conversation.answered()) {
            in(conversation.thinks(), () -> ask(attempt.request.crowd(), conversation));
        }
    }

    private void over(Attempt attempt) {
        attempt.over = true;
        running.remove(attempt);
        attempt.service.gauge().give();
        hall.slotFreed(attempt.service.id());
    }

    private void unreachable(Attempt attempt) {
        if (!attempt.over) {
            hive.suspect(attempt.service.id(), ServiceHealth.UNREACHABLE, "nobody answers");
            failed(attempt);
        }
    }

    private void failed(Attempt attempt) {
        if (attempt.over) {
            return;
        }
        over(attempt);
        attempt.service.gauge().breaker().failed();
        attempt.service.gauge().performance(MODEL).failed();
        Request request = attempt.request;
        request.tried().add(attempt.service.id());
        if (!attempt.begun && request.tried().size() < ATTEMPTS) {
            score.failedOver();
            hall.enter(request);
        } else {
            score.failed();
        }
    }

    private Engine engine(String service) {
        return Optional.ofNullable(engines.get(service)).orElseThrow();
    }
}
