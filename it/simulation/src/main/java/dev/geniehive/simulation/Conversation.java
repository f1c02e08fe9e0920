package dev.geniehive.simulation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Somebody who talks with a model: each turn sends all that was said before, and something new. */
final class Conversation {
    private static final int BYTES_PER_TOKEN = 4;
    private static final int PERSONAS = 6;
    private static final int SYSTEM_TOKENS = 1200;
    private static final double THINKS_SECONDS = 6;

    private final int id;
    private final int persona;
    private final Random random;
    private final List<Saying> said = new ArrayList<>();
    private int turnsLeft;
    private int promptTokens;
    private int answerTokens;

    /** So many tokens, whose letters are those of a seed. */
    private record Saying(long seed, int tokens) {}

    Conversation(int id, long seed) {
        this.id = id;
        this.random = new Random(seed * 31 + id);
        this.persona = random.nextInt(PERSONAS);
        this.turnsLeft = 1 + random.nextInt(6);
        say(persona, SYSTEM_TOKENS);
        next();
    }

    private void next() {
        say(random.nextLong(), 60 + random.nextInt(400));
        answerTokens = 40 + random.nextInt(260);
    }

    private void say(long seed, int tokens) {
        said.add(new Saying(seed, tokens));
        promptTokens += tokens;
    }

    /** The answer was read. {@return whether there is another turn} */
    boolean answered() {
        turnsLeft--;
        say(random.nextLong(), answerTokens);
        next();
        return turnsLeft > 0;
    }

    /** {@return how long it takes until the next turn} */
    double thinks() {
        return -THINKS_SECONDS * Math.log(1 - random.nextDouble());
    }

    int id() {
        return id;
    }

    int persona() {
        return persona;
    }

    static int systemTokens() {
        return SYSTEM_TOKENS;
    }

    int promptTokens() {
        return promptTokens;
    }

    int answerTokens() {
        return answerTokens;
    }

    /** {@return the name that every second client gives its conversation; empty for the others} */
    String session() {
        return id % 2 == 0 ? "" : "conversation-" + id;
    }

    /** {@return the request as its client sends it} */
    InputStream open() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"model\":\"qwen\",\"messages\":[".getBytes(StandardCharsets.UTF_8));
        for (Saying saying : said) {
            byte[] letters = new byte[saying.tokens() * BYTES_PER_TOKEN];
            new Random(saying.seed()).nextBytes(letters);
            body.writeBytes(letters);
        }
        return new ByteArrayInputStream(body.toByteArray());
    }
}
