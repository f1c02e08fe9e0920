package dev.geniehive.it.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an engine makes of texts as vectors: of a text alone, 0.25, -0.5, 1 and so on; of one in a list, the same, with
 * its length first (of tokens, their sum), so that it can be told which is which. How well a document fits is how long
 * it is.
 */
final class Vectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Knobs knobs;
    private final HttpRequest request;

    Vectors(Knobs knobs, HttpRequest request) {
        this.knobs = knobs;
        this.request = request;
    }

    Answer embeddings(String model) {
        JsonNode wish = wish();
        List<float[]> vectors = new ArrayList<>();
        JsonNode input = wish.path("input");
        if (!input.isArray()) {
            vectors.add(vector(wish, 0.25f));
        } else if (input.path(0).isNumber()) {
            vectors.add(vector(wish, sum(input)));
        } else {
            input.forEach(one -> vectors.add(
                    vector(wish, one.isArray() ? sum(one) : one.asText().length())));
        }
        boolean base64 =
                knobs.on("base64") && wish.path("encoding_format").asText().equals("base64");
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < vectors.size(); i++) {
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":%d,\"embedding\":%s}"
                            .formatted(i, base64 ? base64(vectors.get(i)) : numbers(vectors.get(i))));
        }
        return Answer.json(
                "{\"object\":\"list\",\"model\":%s,\"data\":[%s],\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}"
                        .formatted(FlatJson.quote(model), data));
    }

    Answer ranking(Flavor flavor, String model) {
        JsonNode documents = wish().path(flavor == Flavor.TEI ? "texts" : "documents");
        List<String> results = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            String text = documents.get(i).asText();
            double score = text.length() / 100.0;
            results.add(
                    switch (flavor) {
                        case TEI, SGLANG -> "{\"index\":%d,\"score\":%s}".formatted(i, score);
                        case VLLM ->
                            "{\"index\":%d,\"document\":{\"text\":%s},\"relevance_score\":%s}"
                                    .formatted(i, FlatJson.quote(text), score);
                        default -> "{\"index\":%d,\"relevance_score\":%s}".formatted(i, score);
                    });
        }
        String list = "[" + String.join(",", results) + "]";
        return Answer.json(
                flavor == Flavor.TEI || flavor == Flavor.SGLANG
                        ? list
                        : "{\"model\":%s,\"object\":\"list\",\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9},\"results\":%s}"
                                .formatted(FlatJson.quote(model), list));
    }

    private float[] vector(JsonNode wish, float first) {
        int wanted = wish.path("dimensions").asInt(0);
        float[] vector = new float[knobs.on("elastic") && wanted > 0 ? wanted : knobs.number("dimensions")];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = i == 0 ? first : i % 2 == 1 ? -0.5f : 1.0f;
        }
        return vector;
    }

    private static float sum(JsonNode tokens) {
        int sum = 0;
        for (JsonNode token : tokens) {
            sum += token.asInt();
        }
        return sum;
    }

    private static String numbers(float[] vector) {
        List<String> numbers = new ArrayList<>(vector.length);
        for (float number : vector) {
            numbers.add(Float.toString(number));
        }
        return numbers.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private JsonNode wish() {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
