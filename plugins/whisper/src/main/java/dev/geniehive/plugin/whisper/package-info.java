/**
 * Servers that write down what is said in a recording, or translate it.
 *
 * <p>Clients speak OpenAI; so do most servers, to which forms pass byte for byte. whisper.cpp has a form of its own, to
 * which fields are translated. Whatever streams, or does not, reaches the client in OpenAI's events if it asked for them.
 */
package dev.geniehive.plugin.whisper;
