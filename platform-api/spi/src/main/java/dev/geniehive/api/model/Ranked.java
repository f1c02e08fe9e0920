package dev.geniehive.api.model;

/**
 * A candidate in its place.
 *
 * @param candidate one of the candidates that were asked about
 * @param score what put it there, lower is better; its unit is the policy's own
 */
public record Ranked(Candidate candidate, double score) {}
