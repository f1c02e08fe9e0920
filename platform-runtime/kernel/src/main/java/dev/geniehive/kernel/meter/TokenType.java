package dev.geniehive.kernel.meter;

/** Which way tokens went. */
public enum TokenType {
    /** Into the model: prompt, tools, images. */
    INPUT("input"),
    /** Out of it. */
    OUTPUT("output");

    private final String label;

    TokenType(String label) {
        this.label = label;
    }

    /** {@return the value of the label {@code gen_ai.token.type}} */
    String label() {
        return label;
    }
}
