package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be ranked, in the words of Jina and Cohere, which engines share.
 *
 * @param json all of the request
 * @param documents their texts, in the request's order; at least one
 * @param plain whether all documents are strings, which every engine takes
 * @param most how many results are wanted
 * @param returnDocuments whether the texts are wanted back, if the client says
 */
record RerankRequest(Json json, List<String> documents, boolean plain, int most, Optional<Boolean> returnDocuments) {
    /** So large may a request be: texts to be ranked are read as a whole. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    /**
     * {@return what a body asks for}
     *
     * @throws GenieException if it is no such request
     */
    static RerankRequest of(Body body) {
        if (body.length() > MOST_BYTES) {
            throw new GenieException(
                    ErrorKind.TOO_LARGE, "A request to rank has at most %d bytes.".formatted(MOST_BYTES));
        }
        Json json = parsed(body);
        if (json.get("query").asString().filter(query -> !query.isBlank()).isEmpty()) {
            throw invalid("query", "'query' must be a text.");
        }
        List<Json> sent = json.get("documents").items();
        if (sent.isEmpty()) {
            throw invalid("documents", "'documents' must be a list of texts with at least one of them.");
        }
        return new RerankRequest(
                json,
                texts(sent),
                sent.stream().allMatch(Json.Str.class::isInstance),
                most(json.get("top_n"), sent.size()),
                json.get("return_documents").asBoolean());
    }

    private static Json parsed(Body body) {
        try (InputStream in = body.open()) {
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the body cannot be read", e);
        }
    }

    private static List<String> texts(List<Json> documents) {
        List<String> texts = new ArrayList<>(documents.size());
        for (Json document : documents) {
            int index = texts.size();
            texts.add(document.asString()
                    .or(() -> document.get("text").asString())
                    .orElseThrow(() -> invalid(
                            "documents",
                            "'documents[%d]' must be a text, or an object with a 'text'.".formatted(index))));
        }
        return List.copyOf(texts);
    }

    /** Nought means all, as with vLLM. */
    private static int most(Json wanted, int all) {
        if (wanted.equals(Json.nothing())) {
            return all;
        }
        long most = wanted.asLong().orElse(-1);
        if (most < 0) {
            throw invalid("top_n", "'top_n' must be a number of results.");
        }
        return most == 0 ? all : (int) Math.min(most, all);
    }

    private static GenieException invalid(String param, String message) {
        return new GenieException(new Problem(ErrorKind.INVALID_REQUEST, message).about(param));
    }
}
