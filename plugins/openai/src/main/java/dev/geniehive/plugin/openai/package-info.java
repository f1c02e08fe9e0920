/**
 * OpenAI's dialect, spoken to engines and offered to clients.
 *
 * <p>It is the hive's own dialect as well, so nothing is translated: bodies and replies pass byte for byte, and the
 * only thing read from a reply is what it says about tokens. Two things engines do differently are evened out: rankings,
 * and embeddings in base64.
 */
package dev.geniehive.plugin.openai;
