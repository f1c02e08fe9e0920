package dev.geniehive.plugin.simulator;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Answers in OpenAI's shape by itself; the upstream it is lent is never asked. */
final class SimulatorAdapter implements ProviderAdapter {
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private final SimulatorConfig config;
    private final InstantSource clock;

    SimulatorAdapter(SimulatorConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CHAT, Operation.COMPLETION);
    }

    @Override
    public Reply invoke(Upstream upstream, Invocation invocation) {
        Body body = invocation.body();
        if (body.length() > MAX_BODY_BYTES) {
            return refused(new Problem(ErrorKind.TOO_LARGE, "The simulator reads requests of at most 4 MiB."));
        }
        Question question;
        try {
            question = Question.of(invocation.operation(), invocation.asset(), Json.parse(bytes(upstream, body)));
        } catch (JsonException e) {
            return refused(new Problem(ErrorKind.INVALID_REQUEST, "The simulator was asked what is " + e.getMessage()));
        }
        return question.missing()
                .map(field ->
                        refused(new Problem(ErrorKind.INVALID_REQUEST, "The request has no '%s'.".formatted(field))
                                .about(field)))
                .orElseGet(() -> answer(question));
    }

    private Reply answer(Question question) {
        Shape shape = new Shape(question, Story.about(question), clock.instant().getEpochSecond());
        List<Piece> pieces = question.stream() ? shape.events() : shape.document();
        String type = question.stream() ? "text/event-stream; charset=utf-8" : "application/json";
        return new SimulatedReply(
                200,
                Headers.of("content-type", type),
                new PacedStream(pieces, config.firstToken(), config.perToken()),
                question.promptTokens());
    }

    private static Reply refused(Problem problem) {
        Piece whole = new Piece(problem.envelope().toString(), 0);
        return new SimulatedReply(
                problem.kind().status(),
                Headers.of("content-type", "application/json"),
                new PacedStream(List.of(whole), Duration.ZERO, Duration.ZERO),
                0);
    }

    private static byte[] bytes(Upstream upstream, Body body) {
        try (InputStream in = body.open()) {
            return in.readNBytes(MAX_BODY_BYTES);
        } catch (IOException e) {
            throw new UpstreamException(
                    Failure.BROKEN, false, "%s could not read the request.".formatted(upstream.name()), e);
        }
    }
}
