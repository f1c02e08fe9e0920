package dev.geniehive.it.engine;

/** Which engine is imitated. */
public enum Flavor {
    LLAMACPP("llama.cpp", "llamacpp"),
    LLAMAFILE("llamafile/0.9.3", "llamafile"),
    OLLAMA("", "library"),
    VLLM("uvicorn", "vllm"),
    SGLANG("uvicorn", "sglang"),
    LMSTUDIO("", "organization_owner"),
    LOCALAI("", ""),
    TABBYAPI("uvicorn", "tabbyAPI"),
    LEMONADE("", "lemonade"),
    MLX("BaseHTTP/0.6 Python/3.12.4", ""),
    KOBOLDCPP("", "koboldcpp"),
    OPENAI("", "organization-owner"),
    WHISPERCPP("whisper.cpp", ""),
    SPEACHES("uvicorn", "Systran"),
    TEI("", ""),
    INFINITY("uvicorn", "infinity");

    private final String server;
    private final String owner;

    Flavor(String server, String owner) {
        this.server = server;
        this.owner = owner;
    }

    /** {@return the {@code Server} header; empty if it sends none} */
    String server() {
        return server;
    }

    /** {@return whether it talks: has chats and completions} */
    boolean talks() {
        return switch (this) {
            case WHISPERCPP, SPEACHES, TEI, INFINITY -> false;
            default -> true;
        };
    }

    /** {@return whether it makes vectors of texts} */
    boolean embeds() {
        return (talks() && this != MLX) || this == TEI || this == INFINITY;
    }

    /** {@return whether it says how well texts fit} */
    boolean ranks() {
        return switch (this) {
            case LLAMACPP, VLLM, SGLANG, LOCALAI, OPENAI, TEI, INFINITY -> true;
            default -> false;
        };
    }

    /** {@return whether it hears under OpenAI's paths} */
    boolean hears() {
        return switch (this) {
            case VLLM, OPENAI, SPEACHES, LOCALAI, LEMONADE -> true;
            default -> false;
        };
    }

    /** {@return whether it has OpenAI's list of models} */
    boolean lists() {
        return this != WHISPERCPP && this != TEI && this != INFINITY;
    }

    /** {@return whether it serves one model whatever it is asked for} */
    boolean isIndifferent() {
        return switch (this) {
            case LLAMACPP, LLAMAFILE, WHISPERCPP, TEI, TABBYAPI, KOBOLDCPP -> true;
            default -> false;
        };
    }

    /** {@return {@code owned_by} of its models} */
    String owner() {
        return owner;
    }

    /** {@return whether a path answers without the key, where there is one} */
    boolean leavesOpen(String path) {
        return switch (this) {
            case VLLM -> !path.startsWith("/v1");
            case SGLANG -> path.startsWith("/health") || path.startsWith("/metrics");
            case LMSTUDIO -> path.equals("/lmstudio-greeting");
            case LOCALAI -> path.startsWith("/.well-known/") || path.equals("/healthz") || path.equals("/readyz");
            case TABBYAPI -> path.startsWith("/.well-known/") || path.equals("/health");
            case LEMONADE -> path.equals("/live");
            case KOBOLDCPP -> path.equals("/api/extra/version");
            case TEI -> path.equals("/health") || path.equals("/metrics");
            default -> path.equals("/health");
        };
    }
}
