/**
 * Servers that make vectors of texts, and say how well texts fit.
 *
 * <p>Text Embeddings Inference serves one model, Infinity as many as it was started with. All they name is loaded.
 */
package dev.geniehive.plugin.embeddings;
