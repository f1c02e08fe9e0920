package dev.geniehive.api.host;

/** The way from a facade to the engines: routes, queues, fails over. Safe for use by many threads at once. */
public interface Gateway {
    /**
     * Starts to work on a request and returns at once.
     *
     * @throws dev.geniehive.api.model.GenieException if the request can be refused without asking anybody: no such
     *     model, an operation it does not offer, a body that names no model
     */
    Exchange ask(Ask ask);
}
