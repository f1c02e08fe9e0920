package dev.geniehive.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs checks beside each other, none of them for ever. */
final class Checks {
    private static final long DEADLINE_SECONDS = 30;

    private Checks() {}

    /** One check: a name, and the findings it comes to. */
    record Check(String name, Callable<List<Finding>> look) {}

    /** {@return all findings, in the order of the checks} */
    @SafeVarargs
    static List<Finding> run(List<Check>... groups) throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        for (List<Check> group : groups) {
            checks.addAll(group);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Finding>>> running =
                    threads.invokeAll(checks.stream().map(Check::look).toList(), DEADLINE_SECONDS, TimeUnit.SECONDS);
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                findings.addAll(result(checks.get(i).name(), running.get(i)));
            }
            return findings;
        }
    }

    private static List<Finding> result(String check, Future<List<Finding>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException late) {
            return List.of(Finding.problem(check, "This could not be found out in time.", "Try again."));
        } catch (ExecutionException failed) {
            return List.of(Finding.problem(
                    check, "This could not be found out: " + failed.getCause(), "See the message; try again."));
        }
    }
}
