package dev.geniehive.it.engine;

import java.io.IOException;
import java.util.List;

/** One request and its answer, with everything that goes wrong on purpose. */
final class Conversation {
    private final FakeEngine engine;
    private final Knobs knobs;
    private final Inlet inlet;
    private final Outlet out;
    private final int id;

    Conversation(FakeEngine engine, Knobs knobs, Inlet inlet, Outlet out, int id) {
        this.engine = engine;
        this.knobs = knobs;
        this.inlet = inlet;
        this.out = out;
        this.id = id;
    }

    /** {@return whether the connection goes on} */
    boolean answer(HttpRequest request) throws IOException, InterruptedException {
        boolean inference = Script.knows(engine.flavor(), request);
        Introspection self = new Introspection(engine.flavor(), knobs, engine.busy());
        if (knobs.on("hang") && (inference || knobs.on("everywhere"))) {
            return forEver();
        }
        if (knobs.number("status") > 0 && (inference || knobs.on("everywhere"))) {
            out.whole(new Answer(knobs.number("status"), knobs.text("content-type"), knobs.text("body")));
        } else if (knobs.on("loading")) {
            out.whole(Answer.error(engine.flavor(), 503, "Loading model", "unavailable_error"));
        } else if (inference && self.lets(request)) {
            return infer(new Script(engine.flavor(), knobs, request));
        } else {
            out.whole(self.look(request));
        }
        return true;
    }

    /** MLX would load, or download, whatever else it is asked for. */
    private boolean has(String model) {
        return engine.flavor() == Flavor.MLX
                ? model.equals("default_model")
                : knobs.names("models").contains(model) || knobs.names("cloud").contains(model);
    }

    private boolean infer(Script script) throws IOException, InterruptedException {
        boolean choosy = !engine.flavor().isIndifferent();
        if (choosy && !has(script.wantedModel())) {
            out.whole(Answer.error(
                    engine.flavor(),
                    404,
                    "The model `%s` does not exist.".formatted(script.wantedModel()),
                    engine.flavor() == Flavor.VLLM ? "NotFoundError" : "not_found_error"));
            return true;
        }
        if (knobs.text("mode").equals("head-only")) {
            out.streamHead(script.streams() ? script.contentType() : "application/json");
            pause(knobs.number("first-ms"));
            out.die();
            return false;
        }
        boolean early = knobs.on("early-head") && script.streams();
        if (early) {
            out.streamHead(script.contentType());
        }
        pause(knobs.number("first-ms"));
        if (knobs.number("die-after") == 0) {
            out.die();
            return false;
        }
        return switch (knobs.text("mode")) {
            case "html" -> whole(new Answer(200, "text/html", "<html><body>Welcome to nginx!</body></html>"));
            case "empty" -> whole(new Answer(200, script.streams() ? script.contentType() : "application/json", ""));
            default -> script.streams() ? stream(script, early) : whole(script);
        };
    }

    private boolean whole(Answer answer) throws IOException, InterruptedException {
        out.whole(answer);
        return true;
    }

    private boolean whole(Script script) throws IOException, InterruptedException {
        pause((long) knobs.number("token-ms") * script.tokens());
        if (knobs.text("mode").equals("error-first")) {
            return whole(Answer.error(engine.flavor(), 500, "something broke", "server_error"));
        }
        if (knobs.number("die-after") > 0 || knobs.text("mode").equals("half-event")) {
            out.half(script.whole());
            out.die();
            return false;
        }
        if (knobs.number("silent-after") >= 0) {
            out.half(script.whole());
            return forEver();
        }
        engine.journal().tokens(id, script.tokens());
        return whole(script.whole());
    }

    private boolean stream(Script script, boolean headSent) throws IOException, InterruptedException {
        if (!headSent) {
            out.streamHead(script.contentType());
        }
        switch (knobs.text("mode")) {
            case "error-first" -> send(script.failure());
            case "done-only" -> send(script.bareDone());
            case "half-event" -> {
                out.chunk(script.token(0).substring(0, script.token(0).length() / 2));
                out.die();
                return false;
            }
            default -> {
                send(script.prologue());
                if (!tokens(script)) {
                    return false;
                }
            }
        }
        out.lastChunk();
        return true;
    }

    /** {@return whether the stream ends as it should} */
    private boolean tokens(Script script) throws IOException, InterruptedException {
        for (int sent = 0; sent <= script.tokens(); sent++) {
            if (sent == knobs.number("silent-after")) {
                return forEver();
            }
            if (sent == knobs.number("die-after")) {
                out.die();
                return false;
            }
            if (sent == knobs.number("error-after")) {
                send(script.failure());
                return true;
            }
            if (sent < script.tokens()) {
                pause(sent == 0 ? 0 : knobs.number("token-ms"));
                out.chunk(script.token(sent));
                engine.journal().tokens(id, sent + 1);
            }
        }
        send(script.epilogue(!knobs.text("mode").equals("no-done")));
        return true;
    }

    private void send(List<String> events) throws IOException, InterruptedException {
        for (String event : events) {
            out.chunk(event);
        }
    }

    /** Waits for a while; a client that hangs up meanwhile ends the work, as in an engine. */
    private void pause(long ms) throws IOException, InterruptedException {
        if (inlet.goneWithin(ms)) {
            throw new HungUpException();
        }
    }

    private boolean forEver() throws IOException, InterruptedException {
        pause(Long.MAX_VALUE);
        return false;
    }
}
