/**
 * llama.cpp's server: one model with its slots, or a router that starts a server of its own for each model.
 *
 * <p>Only what does not wake a sleeping model is asked. Its throughput gauges are averages since somebody last looked,
 * so the metrics are looked at only while all slots are taken and a queue is possible.
 *
 * <p>And llamafile's own server, which is built upon it and says less of itself.
 */
package dev.geniehive.plugin.llamacpp;
