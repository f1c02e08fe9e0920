package dev.geniehive.kernel.upstream;

import dev.geniehive.api.model.Headers;

/**
 * All of a reply but its body.
 *
 * @param status from 200 to 599
 * @param headers as they came
 * @param framing where the body ends
 * @param keepNanos how long the engine leaves the connection open when the body has been read; 0 if it closes it
 */
record ReplyHead(int status, Headers headers, Framing framing, long keepNanos) {}
