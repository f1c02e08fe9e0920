package dev.geniehive.kernel.plugin;

/** A plugin cannot be used. Never leaves this room: it becomes a line in the list. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient PluginProblem problem;

    Refused(PluginProblem.Code code, String sentence) {
        super(sentence);
        this.problem = new PluginProblem(code, sentence);
    }

    PluginProblem problem() {
        return problem;
    }
}
