package dev.geniehive.kernel.app;

import java.util.List;

/** The table of what this process answers. Safe for use by many threads at once. */
public interface Routes {
    /**
     * Replaces all routes of an owner at once. Requests that run on the old ones end on them.
     *
     * @param owner who answers, for example {@code facade openai}
     * @param routes what it answers from now on; empty to take all away
     * @return one sentence for each route that was refused because another owner has it
     */
    List<String> publish(String owner, List<AppRoute> routes);
}
