package dev.geniehive.kernel.meter;

/**
 * The answer of {@code GET /metrics}.
 *
 * @param contentType for the header
 * @param text in UTF-8
 */
public record Scrape(String contentType, String text) {}
