package dev.geniehive.it.engine;

/** Which engine is imitated. */
public enum Flavor {
    LLAMACPP("llama.cpp", "llamacpp"),
    OLLAMA("", "library"),
    VLLM("uvicorn", "vllm"),
    OPENAI("", "organization-owner"),
    WHISPERCPP("whisper.cpp", ""),
    SPEACHES("uvicorn", "Systran"),
    TEI("", "");

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
        return this == LLAMACPP || this == OLLAMA || this == VLLM || this == OPENAI;
    }

    /** {@return whether it makes vectors of texts} */
    boolean embeds() {
        return talks() || this == TEI;
    }

    /** {@return whether it hears under OpenAI's paths} */
    boolean hears() {
        return this == VLLM || this == OPENAI || this == SPEACHES;
    }

    /** {@return whether it serves one model whatever it is asked for} */
    boolean isIndifferent() {
        return this == LLAMACPP || this == WHISPERCPP || this == TEI;
    }

    /** {@return {@code owned_by} of its models} */
    String owner() {
        return owner;
    }
}
