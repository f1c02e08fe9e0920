/**
 * A fake engine: looks like llama.cpp, Ollama, vLLM or a plain OpenAI-compatible server, and misbehaves on demand, down
 * to single TCP segments. It needs nothing but the JDK, so that it also runs as a process of its own.
 */
@NullMarked
package dev.geniehive.it.engine;

import org.jspecify.annotations.NullMarked;
