package dev.geniehive.it.engine;

/** Which engine is imitated. */
public enum Flavor {
    LLAMACPP("llama.cpp", "llamacpp"),
    OLLAMA("", "library"),
    VLLM("uvicorn", "vllm"),
    OPENAI("", "organization-owner");

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

    /** {@return {@code owned_by} of its models} */
    String owner() {
        return owner;
    }
}
