package dev.geniehive.it.hive;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@code curl} command of the documentation, with the few flags that stand there.
 *
 * @param method GET, or POST where there is a body
 * @param headers lines as given
 * @param body empty for none
 */
record Curl(String method, URI uri, List<String> headers, String body) {
    /**
     * Reads a command as a shell would.
     *
     * @param variables the values of {@code $NAME} outside of single quotes
     */
    static Curl of(String command, Map<String, String> variables) {
        List<String> words = new ArrayList<>(words(command, variables));
        if (!words.removeFirst().equals("curl")) {
            throw new IllegalArgumentException("not a curl command: " + command);
        }
        String method = "";
        String address = "";
        String body = "";
        List<String> headers = new ArrayList<>();
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            switch (word) {
                case "-N", "-s", "-i" -> {}
                case "-X" -> method = words.removeFirst();
                case "-H" -> headers.add(words.removeFirst());
                case "-d" -> body = words.removeFirst();
                default -> address = word;
            }
        }
        return new Curl(
                method.isEmpty() ? body.isEmpty() ? "GET" : "POST" : method, URI.create(address), headers, body);
    }

    /** Sends it to another port. */
    void send(RawClient client) throws IOException {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        List<String> lines = new ArrayList<>(headers);
        lines.removeIf(line -> !body.isEmpty() && line.equals("content-type: application/json"));
        if (!body.isEmpty() && lines.size() == headers.size()) {
            throw new IllegalArgumentException("curl would not send this body as JSON: " + this);
        }
        client.request(method, uri.getRawPath() + query, body, lines.toArray(String[]::new));
    }

    private static List<String> words(String command, Map<String, String> variables) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = ' ';
        for (char c : (command.replace("\\\n", " ").strip() + " ").toCharArray()) {
            if (quote != ' ') {
                if (c == quote) {
                    quote = ' ';
                } else {
                    word.append(quote == '"' && c == '$' ? '\0' : c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (!Character.isWhitespace(c)) {
                word.append(c == '$' ? '\0' : c);
            } else if (!word.isEmpty()) {
                words.add(filled(word.toString(), variables));
                word.setLength(0);
            }
        }
        if (quote != ' ') {
            throw new IllegalArgumentException("a quote is not closed: " + command);
        }
        return words;
    }

    private static String filled(String word, Map<String, String> variables) {
        String text = word;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace("\0" + variable.getKey(), variable.getValue());
        }
        return text;
    }
}
