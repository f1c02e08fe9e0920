package dev.geniehive.kernel.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * The metrics of this process, by the names of the contract. Safe for use by many threads at once; recording into a
 * series that is there takes no lock.
 *
 * <p>A meter has at most 500 series; what comes later counts as {@code other}.
 */
public final class Meters implements AutoCloseable {
    private static final int MAX_SERIES = 500;
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String OPERATION = "gen_ai.operation.name";
    private static final String MODEL = "gen_ai.request.model";
    private static final String QUEUE = "queue";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FutureTask<JvmMeters> jvm = new FutureTask<>(() -> JvmMeters.on(registry));
    private final Gauges gauges;
    private final Series<Timer> requests;
    private final Series<Timer> firstTokens;
    private final Series<Timer> tokenTimes;
    private final Series<DistributionSummary> usage;
    private final Series<Counter> audio;
    private final Series<Counter> failovers;
    private final Series<AtomicInteger> inFlight;
    private final Series<Timer> pluginCalls;
    private final Series<Timer> queueWaits;
    private final Series<Counter> queuesFull;
    private final Series<Counter> overflows;

    public Meters() {
        this(MAX_SERIES);
    }

    Meters(int maxSeries) {
        Families families = new Families(registry, maxSeries);
        gauges = new Gauges(registry, maxSeries);
        requests = families.timers(
                "gen_ai.server.request.duration",
                "From the arrival of a request to the end of its answer.",
                Buckets.request(),
                OPERATION,
                MODEL,
                "error.type");
        firstTokens = families.timers(
                "gen_ai.server.time_to_first_token",
                "From the arrival of a request to the first token of its answer.",
                Buckets.firstToken(),
                OPERATION,
                MODEL);
        tokenTimes = families.timers(
                "gen_ai.server.time_per_output_token",
                "The mean time between the tokens of an answer after the first one.",
                Buckets.perToken(),
                OPERATION,
                MODEL);
        usage = families.summaries(
                "gen_ai.client.token.usage",
                "Tokens of a request, as counted by the engine.",
                Buckets.tokens(),
                OPERATION,
                MODEL,
                "gen_ai.token.type");
        audio = families.counters(
                "geniehive.audio.seconds", "Sound that was listened to, as told by the engine.", OPERATION, MODEL);
        failovers = families.counters(
                "geniehive.failovers", "Attempts that failed and were followed by one elsewhere.", MODEL, "reason");
        inFlight = families.levels("geniehive.in_flight_requests", "Requests that run now.", OPERATION, MODEL);
        pluginCalls = families.timers(
                "geniehive.plugin.call.duration", "Calls into plugins.", Buckets.call(), "plugin", "call", "outcome");
        queueWaits = families.timers(
                "geniehive.queue.wait",
                "How long requests waited for a slot that had to wait.",
                Buckets.request(),
                QUEUE,
                "outcome");
        queuesFull = families.counters(
                "geniehive.queue.refused", "Requests that were turned away since their queue was full.", QUEUE);
        overflows = families.counters(
                "geniehive.overflow", "Requests that went to services that are for overflow only.", QUEUE, MODEL);
    }

    /** A request was answered in full. */
    public void requestSucceeded(Labels labels, Duration took) {
        requests.of(labels.operation().wireName(), labels.model(), "").record(took);
    }

    /**
     * A request failed.
     *
     * @param errorType the code of the problem, one of those in the contract
     */
    public void requestFailed(Labels labels, String errorType, Duration took) {
        requests.of(labels.operation().wireName(), labels.model(), errorType).record(took);
    }

    /** The first token of an answer went out. */
    public void firstToken(Labels labels, Duration sinceArrival) {
        firstTokens.of(labels.operation().wireName(), labels.model()).record(sinceArrival);
    }

    /** An answer is complete; its tokens after the first one took so long each, in the mean. */
    public void timePerToken(Labels labels, Duration each) {
        tokenTimes.of(labels.operation().wireName(), labels.model()).record(each);
    }

    /** An engine counted tokens. */
    public void tokens(Labels labels, TokenType type, long count) {
        usage.of(labels.operation().wireName(), labels.model(), type.label()).record((double) count);
    }

    /** An engine listened to so many seconds of sound; none is not counted. */
    public void audio(Labels labels, double seconds) {
        if (seconds > 0) {
            audio.of(labels.operation().wireName(), labels.model()).increment(seconds);
        }
    }

    /**
     * An attempt failed and another one follows.
     *
     * @param reason the code of the problem, one of those in the contract
     */
    public void failedOver(String model, String reason) {
        failovers.of(model, reason).increment();
    }

    /** A request that had to wait for a slot waits no more: it got one, or it left without. */
    public void queued(String queue, boolean served, Duration waited) {
        queueWaits.of(queue, served ? "served" : "left").record(waited);
    }

    /** A request was turned away since its queue was full. */
    public void queueFull(String queue) {
        queuesFull.of(queue).increment();
    }

    /** A request went to a service that is for overflow only. */
    public void overflowed(String queue, String model) {
        overflows.of(queue, model).increment();
    }

    /** {@return a request that runs until it is closed} */
    public Running running(Labels labels) {
        return Running.in(inFlight.of(labels.operation().wireName(), labels.model()));
    }

    /**
     * A call into a plugin returned.
     *
     * @param call one of the methods of the SPI, for example {@code engine.inspect}
     */
    public void pluginCalled(String plugin, String call, boolean succeeded, Duration took) {
        pluginCalls.of(plugin, call, succeeded ? "ok" : "failed").record(took);
    }

    /**
     * Shows a number for as long as it is not closed; asked at each scrape, on its thread.
     *
     * @param name with dots, the unit last, for example {@code geniehive.gpu.memory.used.bytes}
     * @param labels the same names for all gauges of one name
     */
    public Shown gauge(String name, String description, Map<String, String> labels, DoubleSupplier value) {
        return gauges.add(Gauge.builder(name, value::getAsDouble).description(description), name, labels);
    }

    /** Begins to tell of the Java process, which takes a while. Whoever scrapes before has it done then. */
    public void tellOfJvm() {
        jvm.run(); // does nothing if it was done or is being done
    }

    /** {@return all metrics, in the format that the {@code Accept} header asks for; Prometheus' text otherwise} */
    public Scrape scrape(String accept) {
        String type = accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        awaitJvm();
        return new Scrape(type, registry.scrape(type));
    }

    private void awaitJvm() {
        tellOfJvm();
        try {
            jvm.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The Java process does not tell of itself", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        jvm.cancel(false);
        if (jvm.state() == Future.State.SUCCESS) {
            jvm.resultNow().close();
        }
        registry.close();
    }
}
