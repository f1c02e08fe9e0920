package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.host.Gateway;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.ApiFacade;
import dev.geniehive.api.spi.Route;
import java.util.List;

/** Offers OpenAI's API to clients. */
final class OpenAiFacade implements ApiFacade {
    private final Gateway gateway;
    private final Catalogue catalogue;

    OpenAiFacade(Gateway gateway, Catalogue catalogue) {
        this.gateway = gateway;
        this.catalogue = catalogue;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/models", this::models),
                Route.get("/v1/models/{id...}", this::model),
                Route.post("/v1/chat/completions", request -> ask(Operation.CHAT, request)),
                Route.post("/v1/completions", request -> ask(Operation.COMPLETION, request)),
                Route.post("/v1/embeddings", request -> whole(Operation.EMBEDDING, request, request.json())),
                Route.post("/v1/rerank", this::rank),
                Route.post("/v2/rerank", this::rank),
                Route.post("/v1/audio/transcriptions", request -> listen(Operation.TRANSCRIPTION, request)),
                Route.post("/v1/audio/translations", request -> listen(Operation.TRANSLATION, request)));
    }

    private Answer models(ApiRequest request) {
        List<Json.Obj> cards =
                catalogue.models(request.caller()).stream().map(ModelJson::of).toList();
        return Answer.json(Json.object().put("object", "list").put("data", Json.array(cards)));
    }

    private Answer model(ApiRequest request) {
        String id = request.param("id");
        return catalogue
                .model(request.caller(), id)
                .map(ModelJson::of)
                .map(Answer::json)
                .orElseThrow(() -> unknown(id));
    }

    private static GenieException unknown(String id) {
        String message = "Nothing in the hive is called '%s'. See GET /v1/models.".formatted(id);
        return new GenieException(new Problem(ErrorKind.NOT_FOUND, "model_not_found", message).about("model"));
    }

    private Answer ask(Operation operation, ApiRequest request) {
        Body body = request.json();
        return body.facts().stream()
                ? relayed(operation, request, body, OpenAiDialect.STREAM)
                : whole(operation, request, body);
    }

    /** Judged before anybody is asked; both Jina's and Cohere's clients come here. */
    private Answer rank(ApiRequest request) {
        Body body = request.json();
        RerankRequest.of(body);
        return whole(Operation.RERANK, request, body);
    }

    private Answer listen(Operation operation, ApiRequest request) {
        Body form = AudioForm.checked(request.form());
        return form.facts().stream()
                ? relayed(operation, request, form, OpenAiDialect.STREAM)
                : whole(operation, request, form);
    }

    private Answer whole(Operation operation, ApiRequest request, Body body) {
        return relayed(operation, request, body, OpenAiDialect.WHOLE);
    }

    private Answer relayed(Operation operation, ApiRequest request, Body body, OpenAiDialect dialect) {
        return new Answer.Relayed(gateway.ask(new Ask(operation, body, request.caller())), dialect);
    }
}
