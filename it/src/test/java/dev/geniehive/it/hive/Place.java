package dev.geniehive.it.hive;

import java.util.List;

/**
 * A hive that runs.
 *
 * @param front what clients talk to
 * @param agents the processes that engines are behind; none where the front is that, too
 * @param hosts what the machines are called
 */
record Place(Launched front, List<Node> agents, List<String> hosts) implements AutoCloseable {
    int port() {
        return front.port();
    }

    /** {@return the id of a service, counted from 1} */
    String service(int number) {
        return "%s/e%d".formatted(host(number), number);
    }

    /** {@return the host of a service, counted from 1} */
    String host(int number) {
        return hosts.get((number - 1) % hosts.size());
    }

    /** Waits until so many services are there, and all are well. */
    void awaitServices(int count) throws Exception {
        Eventually.see(
                30,
                () -> Outcome.get(port(), "/v1/cluster/services"),
                services ->
                        Engines.allHealthy(services) && services.split("\"slots\"|\"in_flight\"", -1).length > count);
    }

    @Override
    public void close() {
        agents.forEach(Launched::close);
        front.close();
    }
}
