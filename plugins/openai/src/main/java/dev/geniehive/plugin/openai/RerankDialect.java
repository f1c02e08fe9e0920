package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.Json;
import java.util.List;
import java.util.Set;

/** How an engine wants to be asked to rank. */
enum RerankDialect {
    /** As Jina and Cohere: vLLM, llama.cpp, Infinity, SGLang, LocalAI. */
    JINA {
        @Override
        Body body(RerankRequest request, Body sent, String model) {
            if (request.plain()) {
                return sent.withModel(model);
            }
            Json.Obj all = (Json.Obj) request.json();
            return json(all.put("model", model).put("documents", Json.strings(request.documents())));
        }
    },

    /** As Text Embeddings Inference, which serves one model and is asked for none. */
    TEI {
        @Override
        Body body(RerankRequest request, Body sent, String model) {
            Json.Obj all = (Json.Obj) request.json();
            Json.Obj body =
                    Json.object().put("query", all.get("query")).put("texts", Json.strings(request.documents()));
            for (String option : OPTIONS) {
                body = all.members().containsKey(option) ? body.put(option, all.get(option)) : body;
            }
            return json(body);
        }
    };

    private static final Set<String> OPTIONS = Set.copyOf(List.of("truncate", "truncation_direction", "raw_scores"));

    /** {@return what to send} */
    abstract Body body(RerankRequest request, Body sent, String model);

    private static Body json(Json json) {
        return Body.of(json.utf8(), "application/json");
    }
}
