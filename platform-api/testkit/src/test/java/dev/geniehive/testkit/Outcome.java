package dev.geniehive.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract within a test and tells which of its tests failed and which passed. */
final class Outcome implements TestExecutionListener {
    private final Set<String> failed = new TreeSet<>();
    private final Set<String> passed = new TreeSet<>();

    static Outcome of(Class<?> contract) {
        return of(selectClass(contract));
    }

    static Outcome of(Class<?> contract, String method) {
        return of(selectMethod(contract, method));
    }

    private static Outcome of(DiscoverySelector what) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(what)
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .build();
        Outcome outcome = new Outcome();
        LauncherFactory.create().execute(request, outcome);
        return outcome;
    }

    Set<String> failed() {
        return failed;
    }

    Set<String> passed() {
        return passed;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            switch (result.getStatus()) {
                case FAILED -> failed.add(test.getDisplayName());
                case SUCCESSFUL -> passed.add(test.getDisplayName());
                case ABORTED -> {}
            }
        }
    }
}
