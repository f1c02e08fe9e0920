package dev.geniehive.kernel.link;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.body.BodyLimits;
import dev.geniehive.kernel.http.Edge;
import dev.geniehive.kernel.http.EdgeParts;
import dev.geniehive.kernel.http.EdgeSettings;
import dev.geniehive.kernel.http.EdgeTls;
import dev.geniehive.kernel.upstream.Dialer;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.kernel.upstream.Upstreams;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A control plane's edge and hub, and a node with a client and engines; all over real sockets. */
final class LinkBench implements AutoCloseable {
    static final String NODE = "workshop";
    static final String KEY = "node-key";
    static final Duration LONG = Duration.ofSeconds(15);
    static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);
    static final Duration BRIEF = Duration.ofMillis(200);
    static final LinkSettings SETTINGS = settings(LONG, Duration.ofSeconds(45), Duration.ofSeconds(60));

    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<String> nudges = new LinkedBlockingQueue<>();
    final AtomicInteger placesTaken = new AtomicInteger();
    final AtomicInteger placesClosed = new AtomicInteger();
    final Map<String, Target> engines = new ConcurrentHashMap<>();
    final Map<String, Semaphore> places = new ConcurrentHashMap<>();
    final Upstreams upstreams = Upstreams.overSockets();
    final LinkHub hub;
    final Edge edge;
    final Bodies bodies;
    private final @Nullable SSLContext tls;

    LinkBench(Path folder, @Nullable SSLContext tls, LinkSettings hubSettings) {
        this.tls = tls;
        this.bodies = new Bodies(folder.resolve("spool"), BodyLimits.defaults());
        this.hub = new LinkHub(hubSettings, Ticker.system(), heard::add);
        EdgeSettings plain = EdgeSettings.plain("127.0.0.1", 0);
        EdgeParts parts = new EdgeParts(
                LinkBench::admit,
                (in, length, type, max) -> bodies.read(in, length, type, max),
                (pattern, status, nanos, out) -> {},
                (id, request) -> request.run(),
                () -> {},
                Ticker.system());
        this.edge = new Edge(tls == null ? plain : plain.with(new EdgeTls(tls, false)), parts);
        edge.offer(hub.upgrade(Caller::principal));
        edge.open();
    }

    /** {@return those of a node that keeps two connections idle} */
    static LinkSettings settings(Duration ping, Duration dead, Duration shrink) {
        return new LinkSettings(2, 256, ping, dead, shrink, Duration.ofMillis(20), BRIEF);
    }

    static LinkBench plain(Path folder) {
        return new LinkBench(folder, null, SETTINGS);
    }

    private static Caller admit(
            java.net.SocketAddress peer, dev.geniehive.api.model.Headers headers, Access needed, String id) {
        return switch (headers.first("authorization").orElse("")) {
            case "Bearer node-key" -> new Caller(NODE, id);
            case "Bearer client-key" ->
                throw new GenieException(ErrorKind.FORBIDDEN, "The key is a client's; this needs a node's key.");
            default -> throw new GenieException(ErrorKind.UNAUTHORIZED, "Nobody has the key that was sent.");
        };
    }

    URI control() {
        return URI.create((tls == null ? "http://127.0.0.1:" : "https://127.0.0.1:") + edge.port());
    }

    LinkClient node() {
        return node(SETTINGS, control(), KEY);
    }

    LinkClient node(LinkSettings settings, URI control, String key) {
        return LinkClient.start(settings, control, key, parts());
    }

    LinkClient.Parts parts() {
        Dialer dialer = tls == null ? Dialer.sockets() : Dialer.sockets(tls, false);
        return new LinkClient.Parts(
                dialer, this::take, bodies, () -> nudges.add("nudge"), Ticker.system(), new Random(7));
    }

    private LinkServices.Place take(String service) {
        Target target = engines.get(service);
        if (target == null) {
            throw new UpstreamException(Failure.REFUSED, false, "This node has no service '%s'.".formatted(service));
        }
        Semaphore free = places.computeIfAbsent(service, name -> new Semaphore(1000));
        if (!free.tryAcquire()) {
            throw new UpstreamException(Failure.BUSY, false, service + " takes no more now.");
        }
        placesTaken.incrementAndGet();
        Upstream upstream = upstreams.to(target);
        return new LinkServices.Place() {
            @Override
            public Upstream upstream() {
                return upstream;
            }

            @Override
            public void close() {
                free.release();
                placesClosed.incrementAndGet();
            }
        };
    }

    Upstream linked() {
        return linked(PATIENT);
    }

    Upstream linked(Timeouts timeouts) {
        return hub.to(NODE, "llama", "workshop/llama", timeouts);
    }

    /** {@return the way to the engine without a link} */
    Upstream direct() {
        Target target = engines.get("llama");
        if (target == null) {
            throw new IllegalStateException("there is no engine");
        }
        return upstreams.to(target);
    }

    LinkBench with(Engine engine) {
        engines.put("llama", engine.target());
        return this;
    }

    @Override
    public void close() {
        hub.close();
        edge.close();
        upstreams.close();
        bodies.close();
    }
}
