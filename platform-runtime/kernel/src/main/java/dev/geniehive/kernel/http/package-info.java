/**
 * The edge: where clients come in. The only place that knows Helidon's server.
 *
 * <p>Promised here: every answer carries {@code x-request-id}; every error is OpenAI's envelope, also those about broken
 * framing; access is checked before a byte of the body is read; a client that hangs up ends its exchange at once, in
 * every phase; a client that stops reading slows its engine down and is cut after a while. What routes there are, who may
 * use them and how bodies are read is lent by others.
 */
package dev.geniehive.kernel.http;
