package dev.geniehive.kernel.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where plugins come from and how long they may take.
 *
 * @param folders where plugins are dropped; of two with the same id the one in the later folder wins. May be missing
 * @param work a folder for private copies of what is loaded; belongs to this process alone
 * @param apiVersion the version of the platform API that is offered
 * @param drainTimeout how long a stop waits for running calls and held replies
 * @param callDeadline how long a plugin may take to be made, to make an extension, and to close
 * @param settle how long a file must not have changed before it is looked at
 * @param poll how often the folders are looked at where the system does not tell of changes
 * @param heldAfter how long after its stop a version that is still in memory is called held
 */
public record PluginSettings(
        List<Path> folders,
        Path work,
        String apiVersion,
        Duration drainTimeout,
        Duration callDeadline,
        Duration settle,
        Duration poll,
        Duration heldAfter) {
    public PluginSettings {
        folders = List.copyOf(folders);
        requirePositive("drain-timeout", drainTimeout);
        requirePositive("call-deadline", callDeadline);
        requirePositive("settle", settle);
        requirePositive("poll", poll);
        requirePositive("held-after", heldAfter);
    }

    /** {@return these folders, with 30 s to drain, 10 s a call, half a second to settle, a look every 10 s} */
    public static PluginSettings defaults(List<Path> folders, Path work, String apiVersion) {
        return new PluginSettings(
                folders,
                work,
                apiVersion,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1));
    }

    /** {@return the same with another drain timeout} */
    public PluginSettings drainTimeout(Duration timeout) {
        return new PluginSettings(folders, work, apiVersion, timeout, callDeadline, settle, poll, heldAfter);
    }

    /** {@return the same with another call deadline} */
    public PluginSettings callDeadline(Duration deadline) {
        return new PluginSettings(folders, work, apiVersion, drainTimeout, deadline, settle, poll, heldAfter);
    }

    /** {@return the same with other times between looks at the folders} */
    public PluginSettings watching(Duration settleFor, Duration pollEvery) {
        return new PluginSettings(
                folders, work, apiVersion, drainTimeout, callDeadline, settleFor, pollEvery, heldAfter);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s must be positive, was %s".formatted(name, value));
        }
    }
}
