package dev.geniehive.protocol;

/**
 * What became of a directive.
 *
 * @param id of the directive
 * @param done whether it was done
 * @param message why not; empty if it was
 */
public record DirectiveResult(String id, boolean done, String message) {}
