package dev.geniehive.it.engine;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection: one request after the other, and an eye on the client all the time. */
final class Connection {
    private final FakeEngine engine;
    private final Socket socket;
    private final int number;
    private final Inlet inlet = new Inlet();
    private final AtomicInteger current = new AtomicInteger();
    private volatile long started;

    Connection(FakeEngine engine, Socket socket) {
        this.engine = engine;
        this.socket = socket;
        this.number = engine.journal().connected();
    }

    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            Thread.ofVirtual().start(this::watch);
            boolean goesOn = true;
            for (int count = 1; goesOn; count++) {
                Optional<HttpRequest> request =
                        HttpRequest.read(inlet, engine.knobs().number("keep-bytes"));
                goesOn = request.isPresent() && answer(request.get(), count);
            }
        } catch (IOException ended) {
            // by the client, or on purpose
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            inlet.pump(socket.getInputStream(), () -> engine.knobs().number("read-ms"));
        } catch (IOException closed) {
            return;
        }
        int id = current.get();
        if (id > 0) {
            engine.journal().hungUp(id, elapsed());
        }
    }

    private boolean answer(HttpRequest request, int count) throws IOException, InterruptedException {
        Knobs knobs = engine.knobs();
        if (request.path().startsWith("/__")) {
            new Outlet(socket, engine.flavor(), inlet, Knobs.defaults(), () -> {}).whole(control(request));
            return true;
        }
        started = System.nanoTime();
        int id = engine.journal().add(number, request);
        current.set(id);
        boolean completed = false;
        try {
            boolean goesOn = converse(request, count, knobs, id);
            completed = true;
            return goesOn;
        } finally {
            current.set(0);
            if (!completed && inlet.goneWithin(1_000)) { // a write may fail just before the end of the input is seen
                engine.journal().hungUpUnlessSeen(id, elapsed());
            }
            engine.journal().ended(id, elapsed());
        }
    }

    private boolean converse(HttpRequest request, int count, Knobs knobs, int id)
            throws IOException, InterruptedException {
        Outlet out = new Outlet(socket, engine.flavor(), inlet, knobs, () -> current.set(0));
        if (count > 1 && knobs.on("die-on-reuse")) {
            out.die();
            return false;
        }
        return new Conversation(engine, knobs, inlet, out, id).answer(request) && knobs.on("keep-alive");
    }

    private long elapsed() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    private Answer control(HttpRequest request) throws InterruptedException {
        return switch (request.method() + " " + request.path()) {
            case "GET /__knobs" -> Answer.json(engine.knobs().json());
            case "POST /__knobs" -> turn(request);
            case "GET /__seen" ->
                Answer.json(engine.journal().json(query(request, "version"), query(request, "wait_ms")));
            case "DELETE /__seen" -> {
                engine.journal().clear();
                yield Answer.json("{}");
            }
            default -> new Answer(404, "text/plain", "there are /__knobs and /__seen");
        };
    }

    private Answer turn(HttpRequest request) {
        Map<String, String> wanted = FlatJson.members(request.text());
        try {
            engine.turn(engine.knobs().withAll(wanted));
            return Answer.json(engine.knobs().json());
        } catch (IllegalArgumentException e) {
            return new Answer(400, "text/plain", String.valueOf(e.getMessage()));
        }
    }

    private static long query(HttpRequest request, String name) {
        String[] parts = request.target().split("[?&]" + name + "=", 2);
        return parts.length < 2 ? 0 : Long.parseLong(parts[1].split("&", 2)[0]);
    }
}
