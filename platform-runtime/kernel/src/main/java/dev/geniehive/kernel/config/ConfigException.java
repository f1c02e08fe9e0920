package dev.geniehive.kernel.config;

import java.util.List;

/** The configuration is refused. The message lists all problems, numbered; a process ends with {@link #EXIT_CODE}. */
public final class ConfigException extends RuntimeException {
    /** How a process that was started with a bad configuration ends. */
    public static final int EXIT_CODE = 78;

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    public ConfigException(List<ConfigProblem> problems) {
        super(render(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return what is wrong, in the order in which it was found; never empty} */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String render(List<ConfigProblem> problems) {
        StringBuilder text = new StringBuilder("The configuration has ")
                .append(problems.size() == 1 ? "1 problem:" : problems.size() + " problems:");
        int number = 0;
        for (ConfigProblem problem : problems) {
            number++;
            text.append("\n  ").append(number).append(". ").append(problem);
        }
        return text.toString();
    }
}
