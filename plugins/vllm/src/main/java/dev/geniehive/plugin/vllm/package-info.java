/**
 * vLLM: everything it lists is loaded, and how busy it is stands in its metrics.
 *
 * <p>It serves what it was started with, generation or pooling, and does not say which: its assets leave open what
 * they offer.
 */
package dev.geniehive.plugin.vllm;
