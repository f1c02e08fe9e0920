package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An open edge with routes of the test's own, and clients for it. */
final class EdgeBench implements AutoCloseable {
    static final EdgeTimeouts TIMEOUTS = EdgeTimeouts.defaults();

    record Finished(String pattern, int status, long bytesOut) {}

    final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ids = new LinkedBlockingQueue<>();
    final CountDownLatch draining = new CountDownLatch(1);
    final CountDownLatch bodiesReleased = new CountDownLatch(1);
    final Edge edge;
    private final @Nullable TestTls tls;

    private EdgeBench(EdgeSettings settings, @Nullable TestTls tls) {
        this.tls = tls;
        this.edge = new Edge(settings, parts());
        edge.open();
    }

    static EdgeBench plain(Route... routes) {
        return with(EdgeSettings.plain("127.0.0.1", 0), null, routes);
    }

    static EdgeBench with(EdgeSettings settings, @Nullable TestTls tls, Route... routes) {
        EdgeSettings all = tls == null ? settings : settings.with(new EdgeTls(tls.context(), false));
        EdgeBench bench = new EdgeBench(all, tls);
        bench.publish("test", routes);
        return bench;
    }

    static EdgeTimeouts write(Duration write) {
        return new EdgeTimeouts(
                TIMEOUTS.drain(), write, TIMEOUTS.head(), TIMEOUTS.body(), TIMEOUTS.idle(), TIMEOUTS.waitingLine());
    }

    List<String> publish(String owner, Route... routes) {
        return edge.routes()
                .publish(
                        owner,
                        Stream.of(routes)
                                .map(route -> new AppRoute(route, Access.CLIENT))
                                .toList());
    }

    RawClient client() throws IOException {
        return new RawClient(edge.port(), tls, 0);
    }

    RawClient smallClient() throws IOException {
        return new RawClient(edge.port(), tls, 4096);
    }

    static Route relaying(FakeExchange exchange, boolean streaming) {
        return Route.post("/relay", request -> {
            request.json();
            return new Answer.Relayed(exchange, new SseDialect(streaming));
        });
    }

    private EdgeParts parts() {
        Gatekeeper gatekeeper = (peer, headers, needed, id) -> {
            if (headers.first("authorization").filter("Bearer wrong"::equals).isPresent()) {
                throw new GenieException(ErrorKind.UNAUTHORIZED, "This key is not known.");
            }
            return new Caller("tester", id);
        };
        BodyReader bodies =
                (in, length, type, max) -> new MemoryBody(Body.of(in.readAllBytes(), type), bodiesReleased::countDown);
        EdgeObserver observer = (pattern, status, nanos, out) -> finished.add(new Finished(pattern, status, out));
        RequestScope scope = (id, request) -> {
            ids.add(id);
            request.run();
        };
        return new EdgeParts(gatekeeper, bodies, observer, scope, draining::countDown, Ticker.system());
    }

    @Override
    public void close() {
        edge.close();
    }
}
