package com.example.preferhost;

import dev.geniehive.api.host.ConfigView;
import java.util.HashSet;
import java.util.List;

/**
 * Section {@code plugins.com.example.preferhost} of the configuration.
 *
 * @param hosts ids of machines, the most preferred first; all are equal if absent
 */
record PreferHostConfig(List<String> hosts) {
    PreferHostConfig {
        hosts = List.copyOf(hosts);
    }

    /** Reads it. What is not acceptable is rejected there, with its place; what comes back can be used all the same. */
    static PreferHostConfig from(ConfigView config) {
        List<String> hosts = config.strings("hosts");
        if (new HashSet<>(hosts).size() < hosts.size()) {
            config.reject("hosts", "must name each machine once, was %s".formatted(hosts));
        }
        return new PreferHostConfig(hosts.stream().distinct().toList());
    }
}
