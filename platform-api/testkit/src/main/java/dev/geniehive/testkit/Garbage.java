package dev.geniehive.testkit;

import java.util.Map;

/** What servers answer that are not what they are taken for. */
final class Garbage {
    static final Map<String, FakeReply> KINDS = Map.ofEntries(
            Map.entry("an empty body", FakeReply.text(200, "text/plain", "")),
            Map.entry("a web page", FakeReply.text(200, "text/html", "<!doctype html><title>Router</title>")),
            Map.entry("text that looks like Ollama's", FakeReply.json("\"Ollama is running\"")),
            Map.entry("null", FakeReply.json("null")),
            Map.entry("an empty object", FakeReply.json("{}")),
            Map.entry("an empty array", FakeReply.json("[]")),
            Map.entry("an error with status 200", FakeReply.json("{\"error\":\"Unexpected endpoint or method.\"}")),
            Map.entry("JSON that breaks off", FakeReply.json("{\"object\":\"list\",\"data\":[{\"id\":\"a\"")),
            Map.entry("deep nesting", FakeReply.json("[".repeat(100_000))),
            Map.entry("deep objects", FakeReply.json("{\"a\":".repeat(100_000))),
            Map.entry("more than fits", FakeReply.json(" ".repeat(5_000_000) + "{}")),
            Map.entry("bytes that are not UTF-8 any more", FakeReply.json("{\"data\":\"\ufffd\ufffd\"}")),
            Map.entry("members of other types", FakeReply.json(oddTypes())),
            Map.entry("numbers out of range", FakeReply.json(oddNumbers())),
            Map.entry("a server error", FakeReply.text(500, "text/plain", "Internal Server Error")),
            Map.entry("a redirect", FakeReply.text(302, "text/html", "").with("location", "http://elsewhere/")));

    private Garbage() {}

    private static String oddTypes() {
        return """
                {"data":{"id":1},"models":"many","object":7,"version":["1"],"build_info":{},"status":[],"cloud":"no",
                 "default_generation_settings":[],"modalities":true,"total_slots":"four","capabilities":{"tools":1}}""";
    }

    private static String oddNumbers() {
        return """
                {"total_slots":-4,"default_generation_settings":{"n_ctx":1e999},"models":[{"name":"","size":-1e400},7],
                 "data":[{"id":" ","max_model_len":-1},{"id":7},{},null,[],{"id":"\\u0000"}],"context_length":1e99}""";
    }
}
