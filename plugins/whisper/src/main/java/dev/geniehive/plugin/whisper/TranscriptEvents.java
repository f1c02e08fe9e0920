package dev.geniehive.plugin.whisper;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The events of a transcript, as they come, in OpenAI's words and with an end that can be told from a broken stream:
 * {@code [DONE]} follows {@code transcript.text.done} where an engine leaves it out. vLLM's events, which look like those
 * of a chat, are translated; all others pass as they are. Used by one thread.
 */
final class TranscriptEvents extends InputStream {
    private static final int LONGEST_BYTES = 4 * 1024 * 1024;
    private static final int LONGEST_TEXT = 16 * 1024 * 1024;

    private final InputStream in;
    private final byte[] read = new byte[8192];
    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private final StringBuilder made = new StringBuilder();
    private final StringBuilder heard = new StringBuilder();
    private byte[] ready = {};
    private int at;
    private boolean lineHasText;
    private boolean ended;
    private boolean sawDone;
    private boolean sawChunks;
    private boolean over;
    private Json chunkUsage = Json.nothing();
    private volatile Optional<Usage> usage = Optional.empty();

    TranscriptEvents(InputStream in) {
        this.in = in;
    }

    Optional<Usage> usage() {
        return usage;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (at == ready.length && length > 0) {
            if (ended) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, into, offset, count);
        at += count;
        return count;
    }

    private void fill() throws IOException {
        int count = in.read(read);
        if (count < 0) {
            end();
        }
        for (int i = 0; i < count; i++) {
            take(read[i]);
        }
        ready = Transcript.utf8(made.toString());
        at = 0;
        made.setLength(0);
    }

    private void take(byte b) throws IOException {
        if (event.size() == LONGEST_BYTES) {
            throw new IOException("an event of more than %d bytes".formatted(LONGEST_BYTES));
        }
        event.write(b);
        if (b == '\n') {
            if (!lineHasText) {
                pass(event.toString(StandardCharsets.UTF_8));
                event.reset();
            }
            lineHasText = false;
        } else if (b != '\r') {
            lineHasText = true;
        }
    }

    private void pass(String block) throws IOException {
        String data = data(block);
        if (data.equals("[DONE]")) {
            over = true;
            made.append(sawChunks && !sawDone ? Transcript.done(heard.toString(), chunkUsage) : "")
                    .append(block);
        } else if (data.contains("\"transcription.chunk\"")) {
            chunk(data, block);
        } else if (data.startsWith("{\"detail\"")) {
            made.append(Transcript.failure(parsed(data))); // what FastAPI says where others say error
        } else {
            if (data.contains("\"transcript.text.done\"")) {
                sawDone = true;
                usage = Heard.usage(parsed(data));
            }
            made.append(block);
        }
    }

    private static String data(String block) {
        StringBuilder data = new StringBuilder();
        block.lines().filter(line -> line.startsWith("data:")).forEach(line -> data.append(line, 5, line.length()));
        return data.toString().strip();
    }

    private void chunk(String data, String block) throws IOException {
        Json json = parsed(data);
        if (!json.get("object").equals(Json.of("transcription.chunk"))) {
            made.append(block);
            return;
        }
        sawChunks = true;
        for (Json choice : json.get("choices").items()) {
            String text = choice.get("delta").get("content").asString().orElse("");
            if (heard.length() + text.length() > LONGEST_TEXT) {
                throw new IOException("a transcript of more than %d characters".formatted(LONGEST_TEXT));
            }
            heard.append(text);
            made.append(text.isEmpty() ? "" : Transcript.delta(text));
        }
        if (json.get("usage") instanceof Json.Obj told) {
            chunkUsage = told;
            usage = Heard.usage(json);
        }
    }

    private void end() {
        ended = true;
        made.append(event.toString(StandardCharsets.UTF_8));
        event.reset();
        made.append(sawDone && !over ? Transcript.DONE : "");
    }

    private static Json parsed(String data) {
        try {
            return Json.parse(data);
        } catch (JsonException passedOnAsItIs) {
            return Json.nothing();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
