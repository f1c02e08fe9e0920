package dev.geniehive.plugin.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What the simulator answers: the same for the same question.
 *
 * @param words one a token; joined they are the text
 * @param cut whether the client allowed no more
 * @param function the function to be called instead of a text
 */
record Story(List<String> words, boolean cut, Optional<String> function) {
    private static final String OPENING = "[simulated] No model has seen this question:";
    private static final List<String> SUBJECTS = List.of(
            "the simulator", "this answer", "a made-up sentence", "the hive without engines", "every word of this");
    private static final List<String> VERBS =
            List.of("stands in for", "only pretends to be", "keeps the place of", "is no more than a sketch of");
    private static final List<String> OBJECTS = List.of(
            "a model that has yet to be loaded",
            "an engine that is not running here",
            "what a real answer would look like",
            "the text that your own machine will write");
    private static final List<String> ENDINGS = List.of(
            "so that you can try the API",
            "until an engine joins",
            "at about the pace of a small GPU",
            "and it is the same every time you ask");

    Story {
        words = List.copyOf(words);
    }

    static Story about(Question question) {
        Optional<String> function = question.chat() ? question.requiredFunction() : Optional.empty();
        if (function.isPresent()) {
            return new Story(List.of("{}"), false, function);
        }
        List<String> words = words(new Random(question.prompt().hashCode()));
        long most = Math.max(1, question.maxTokens().orElse(Long.MAX_VALUE));
        return most < words.size()
                ? new Story(words.subList(0, (int) most), true, Optional.empty())
                : new Story(words, false, Optional.empty());
    }

    /** {@return the whole text} */
    String text() {
        return String.join("", words);
    }

    private static List<String> words(Random random) {
        StringBuilder text = new StringBuilder(OPENING);
        int sentences = 3 + random.nextInt(3);
        for (int i = 0; i < sentences; i++) {
            text.append(i == 0 ? " " : " And ")
                    .append(one(SUBJECTS, random))
                    .append(' ')
                    .append(one(VERBS, random))
                    .append(' ')
                    .append(one(OBJECTS, random))
                    .append(", ")
                    .append(one(ENDINGS, random))
                    .append('.');
        }
        return tokens(text.toString());
    }

    /** {@return a text cut before each space} */
    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int space = text.indexOf(' ', 1); space >= 0; space = text.indexOf(' ', space + 1)) {
            tokens.add(text.substring(start, space));
            start = space;
        }
        tokens.add(text.substring(start));
        return tokens;
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
