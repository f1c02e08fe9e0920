package dev.geniehive.plugin.simulator;

/**
 * A part of an answer.
 *
 * @param text what is written, never empty
 * @param tokens how many tokens are written before it, which says when it is due
 */
record Piece(String text, int tokens) {}
