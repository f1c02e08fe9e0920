package dev.geniehive.kernel.meter;

/** Which way tokens went. */
public enum TokenType {
    /** Into the model: prompt, tools, images. */
    INPUT,
    /** Out of it. */
    OUTPUT
}
