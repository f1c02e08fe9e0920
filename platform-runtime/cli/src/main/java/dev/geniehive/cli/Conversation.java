package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A chat with one model: what was said so far, and the next answer as it is written. */
final class Conversation {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final String DATA = "data:";

    private final ControlClient control;
    private final String model;
    private final Consumer<String> waiting;
    private final List<Json> history = new ArrayList<>();

    /** @param waiting is told why it takes so long, from time to time */
    Conversation(ControlClient control, String model, Consumer<String> waiting) {
        this.control = control;
        this.model = model;
        this.waiting = waiting;
    }

    /**
     * Asks, and writes the answer as it comes. A question that failed is not kept.
     *
     * @throws CommandFailure if there is no whole answer
     */
    void ask(String question, PrintWriter out) throws InterruptedException {
        history.add(message("user", question));
        boolean answered = false;
        try {
            history.add(message("assistant", stream(out)));
            answered = true;
        } finally {
            if (!answered) {
                history.removeLast();
            }
        }
    }

    private String stream(PrintWriter out) throws InterruptedException {
        Json body = Json.object().put("model", model).put("stream", true).put("messages", Json.array(history));
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build()) {
            HttpResponse<InputStream> response = client.send(request(body), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() != 200) {
                    throw refused(response.statusCode(), lines);
                }
                return read(lines, out);
            }
        } catch (ConnectException | HttpConnectTimeoutException nobody) {
            throw control.nobody();
        } catch (IOException broken) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "The answer broke off: " + broken.getMessage());
        }
    }

    private HttpRequest request(Json body) {
        HttpRequest.Builder request = control.requestTo("/v1/chat/completions");
        return request.header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.utf8()))
                .build();
    }

    private String read(BufferedReader lines, PrintWriter out) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(":")) {
                waiting.accept(line.substring(1).strip());
            } else if (line.startsWith(DATA)) {
                String data = line.substring(DATA.length()).strip();
                if (data.equals("[DONE]")) {
                    return answer.toString();
                }
                String text = text(data);
                answer.append(text);
                out.print(text);
                out.flush();
            }
        }
        throw new IOException("the stream ended before its end");
    }

    private static String text(String data) {
        Json event;
        try {
            event = Json.parse(data);
        } catch (JsonException strange) {
            return "";
        }
        if (!event.get("error").equals(Json.nothing())) {
            int status = (int) event.get("error").get("status").asLong().orElse(500);
            throw ControlClient.refused(new ControlClient.Reply(status, event));
        }
        return event.get("choices").items().stream()
                .findFirst()
                .flatMap(choice -> choice.get("delta").get("content").asString())
                .orElse("");
    }

    private static CommandFailure refused(int status, BufferedReader lines) {
        Json body;
        try {
            body = Json.parse(String.join("\n", lines.lines().toList()));
        } catch (JsonException other) {
            body = Json.nothing();
        }
        return ControlClient.refused(new ControlClient.Reply(status, body));
    }

    private static Json message(String role, String content) {
        return Json.object().put("role", role).put("content", content);
    }
}
