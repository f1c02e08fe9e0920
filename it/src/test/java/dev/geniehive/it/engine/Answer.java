package dev.geniehive.it.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A whole answer. */
record Answer(int status, String contentType, String body) {
    static Answer json(String body) {
        return new Answer(200, "application/json", body);
    }

    static Answer text(String body) {
        return new Answer(200, "text/plain; charset=utf-8", body);
    }

    /** {@return an error in the engine's own words} */
    static Answer error(Flavor flavor, int status, String message, String type) {
        String quoted = FlatJson.quote(message);
        String body = switch (flavor) {
            case OLLAMA ->
                "{\"error\":{\"message\":%s,\"type\":\"%s\",\"param\":null,\"code\":null}}".formatted(quoted, type);
            case OPENAI, LMSTUDIO, LOCALAI, LEMONADE, KOBOLDCPP ->
                "{\"error\":{\"message\":%s,\"type\":\"%s\",\"param\":null,\"code\":null}}".formatted(quoted, type);
            case WHISPERCPP, MLX -> "{\"error\":%s}".formatted(quoted);
            case SGLANG ->
                "{\"object\":\"error\",\"message\":%s,\"type\":\"%s\",\"param\":null,\"code\":%d}"
                        .formatted(quoted, type, status);
            case SPEACHES, TABBYAPI, INFINITY -> "{\"detail\":%s}".formatted(quoted);
            case TEI -> "{\"message\":%s,\"code\":%d,\"type\":\"%s\"}".formatted(quoted, status, type);
            case LLAMACPP, LLAMAFILE, VLLM ->
                "{\"error\":{\"code\":%d,\"message\":%s,\"type\":\"%s\"}}".formatted(status, quoted, type);
        };
        return new Answer(status, "application/json; charset=utf-8", body);
    }

    Answer with(int other) {
        return new Answer(other, contentType, body);
    }

    byte[] bytes() {
        return body.getBytes(UTF_8);
    }
}
