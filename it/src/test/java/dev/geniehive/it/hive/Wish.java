package dev.geniehive.it.hive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.util.List;

/** What clients want of a hive under attack, one of each operation and form. */
enum Wish {
    CHAT_STREAMED {
        @Override
        void send(RawClient client) throws IOException {
            client.post(Outcome.CHAT, Outcome.chat(TALKS, true));
        }

        @Override
        Ending ending(Reply reply) {
            return streamed(reply, "\"finish_reason\":\"stop\"");
        }
    },
    CHAT_WHOLE {
        @Override
        void send(RawClient client) throws IOException {
            client.post(Outcome.CHAT, Outcome.chat(TALKS, false));
        }

        @Override
        Ending ending(Reply reply) throws IOException {
            return whole(reply, reply.json().at("/choices/0/message/content").asText(), WORDS);
        }
    },
    EMBEDDING {
        @Override
        void send(RawClient client) throws IOException {
            client.post("/v1/embeddings", "{\"model\":\"%s\",\"input\":[\"abc\",\"a\"]}".formatted(TALKS));
        }

        @Override
        Ending ending(Reply reply) throws IOException {
            JsonNode data = reply.json().get("data");
            return whole(reply, data.size() + " of " + data.at("/1/embedding").size(), "2 of 3");
        }
    },
    RANKING {
        @Override
        void send(RawClient client) throws IOException {
            client.post(
                    "/v1/rerank",
                    "{\"model\":\"%s\",\"query\":\"q\",\"documents\":[\"one\",\"three three\"]}".formatted(TALKS));
        }

        @Override
        Ending ending(Reply reply) throws IOException {
            return whole(
                    reply, reply.json().at("/results").findValuesAsText("index").toString(), "[1, 0]");
        }
    },
    TRANSCRIPT {
        @Override
        void send(RawClient client) throws IOException {
            upload().send(client, "/v1/audio/transcriptions", Long.MAX_VALUE);
        }

        @Override
        Ending ending(Reply reply) throws IOException {
            return whole(reply, reply.json().get("text").asText(), WORDS);
        }
    },
    TRANSCRIPT_STREAMED {
        @Override
        void send(RawClient client) throws IOException {
            upload().field("stream", "true").send(client, "/v1/audio/transcriptions", Long.MAX_VALUE);
        }

        @Override
        Ending ending(Reply reply) {
            return streamed(reply, "transcript.text.done");
        }
    };

    /** The model that talks, makes vectors and ranks. */
    static final String TALKS = "fake-model";

    /** The model that hears. */
    static final String HEARS = "org/ear";

    private static final String WORDS = "tok0 tok1 tok2 tok3 tok4 ";
    private static final String DONE = "data: [DONE]";
    private static final List<Integer> STATUSES = List.of(404, 429, 502, 503, 504);

    /** How a request ended, of which only one is wrong. */
    enum Ending {
        ANSWERED,
        /** A stream that has begun, and was ended with an error. */
        BROKEN_OFF,
        /** One clear error. */
        REFUSED,
        /** Something that no client should see: a silent end, half an answer, an error that is none. */
        WRONG
    }

    abstract void send(RawClient client) throws IOException;

    /** {@return what an answer with status 200 is} */
    abstract Ending ending(Reply reply) throws IOException;

    /** {@return what came of it} */
    Ending of(Reply reply) throws IOException {
        return reply.status() == 200 ? ending(reply) : refusal(reply);
    }

    private static Ending refusal(Reply reply) throws IOException {
        JsonNode error = reply.json().at("/error");
        boolean clear = reply.header("content-type").orElse("").startsWith("application/json")
                && reply.header("x-request-id").isPresent()
                && !error.at("/message").asText().isBlank()
                && !error.at("/type").asText().isBlank()
                && !error.at("/code").asText().isBlank();
        boolean comesBack = reply.status() == 429 || reply.status() == 503;
        boolean saysWhen = reply.header("retry-after").orElse("").matches("[1-9][0-9]{0,2}");
        return clear && STATUSES.contains(reply.status()) && (!comesBack || saysWhen) ? Ending.REFUSED : Ending.WRONG;
    }

    private static Ending whole(Reply reply, String found, String wanted) {
        return found.equals(wanted) && !reply.text().contains("\"error\"") ? Ending.ANSWERED : Ending.WRONG;
    }

    /** A stream has its last event and then its end, or an error and then its end; nothing else, and nothing twice. */
    private static Ending streamed(Reply reply, String last) {
        List<String> events =
                reply.text().lines().filter(line -> line.startsWith("data: ")).toList();
        boolean ends = reply.text().endsWith(DONE + "\n\n") && events.indexOf(DONE) == events.size() - 1;
        if (!ends || events.size() < 2) {
            return Ending.WRONG;
        }
        String before = events.get(events.size() - 2);
        long errors = events.stream()
                .filter(event -> event.startsWith("data: {\"error\":{"))
                .count();
        if (errors == 1 && before.startsWith("data: {\"error\":{") && before.contains("\"status\":50")) {
            return Ending.BROKEN_OFF;
        }
        return errors == 0 && before.contains(last) ? Ending.ANSWERED : Ending.WRONG;
    }

    private static Upload upload() {
        return new Upload().field("model", HEARS).file(20_000);
    }
}
