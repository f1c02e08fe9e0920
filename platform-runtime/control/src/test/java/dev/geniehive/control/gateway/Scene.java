package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.routing.ById;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.testkit.FakeBody;
import dev.geniehive.testkit.FakeConfig;
import dev.geniehive.testkit.FakeUpstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/** A gateway whose services do what the test scripts, one step a request; the last step stays. */
final class Scene implements Adapters, GatewayObserver {
    static final Duration SOON = Duration.ofSeconds(10);

    private final HeldHive held = new HeldHive();
    private final Map<String, Queue<Step>> scripts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final List<String> failedOver = new CopyOnWriteArrayList<>();
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final HiveGateway gateway;

    /** What a service does when it is asked. */
    @FunctionalInterface
    interface Step {
        Reply reply(Invocation invocation) throws InterruptedException;
    }

    Scene(Map<String, ?> routing) {
        Router router = new Router(RoutingRules.from(FakeConfig.of(routing)), new ById(), Set.of("openai"), () -> 0);
        this.gateway = new HiveGateway(
                held.hive(), () -> router, this, service -> new FakeUpstream(service.id()), held::nanos, this);
    }

    HeldHive held() {
        return held;
    }

    HiveGateway gateway() {
        return gateway;
    }

    /** A service with one slot that does these things, one after the other. */
    Scene with(String service, Step... steps) {
        held.has(service, HeldHive.serving("qwen"), HeldHive.atMost(1));
        scripts.put(service, new ArrayDeque<>(List.of(steps)));
        return this;
    }

    Exchange ask() {
        return ask("{\"model\":\"qwen\"}");
    }

    Exchange ask(String json) {
        return gateway.ask(new Ask(Operation.CHAT, FakeBody.json(json), new Caller("anybody", "r1")));
    }

    /** Asks, and waits for the end of the waiting. */
    Progress outcome() throws InterruptedException {
        return ask().await(SOON);
    }

    List<String> asked() {
        return asked;
    }

    /** {@return how requests ended: model, usage, problem's code} */
    List<String> ended() {
        return ended;
    }

    /** {@return the queues that became known} */
    List<String> opened() {
        return opened;
    }

    List<String> failedOver() {
        return failedOver;
    }

    int inFlight() {
        return held.now().services().values().stream()
                .mapToInt(service -> service.gauge().inFlight())
                .sum();
    }

    @Override
    public Set<String> names() {
        return Set.of("openai");
    }

    @Override
    public Reply invoke(String adapter, Upstream upstream, Invocation invocation) throws InterruptedException {
        asked.add(upstream.name());
        return next(upstream.name()).reply(invocation);
    }

    private Step next(String service) {
        Queue<Step> steps = Optional.ofNullable(scripts.get(service)).orElseThrow();
        return Optional.ofNullable(steps.size() > 1 ? steps.poll() : steps.peek())
                .orElseThrow();
    }

    @Override
    public void failedOver(String model, String code) {
        failedOver.add(model + " " + code);
    }

    @Override
    public void opened(String queue, IntSupplier depth) {
        opened.add(queue);
    }

    @Override
    public void firstToken(Operation operation, String model, long nanos) {}

    @Override
    public void ended(Operation operation, String model, long nanos, Optional<Usage> usage, Optional<Problem> problem) {
        ended.add("%s %d %s"
                .formatted(
                        model,
                        usage.map(Usage::completionTokens).orElse(0L),
                        problem.map(Problem::code).orElse("ok")));
    }
}
