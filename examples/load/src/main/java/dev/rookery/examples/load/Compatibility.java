package dev.rookery.examples.load;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.rookery.api.NotOfferedException;
import dev.rookery.testing.Offered;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What a node keeps of the contracts.
 *
 * @param groups the tests of each group, in the order of the report
 */
record Compatibility(Map<String, List<Result>> groups) {

    /** No test waits longer for a node that hangs. */
    private static final String TEST_TIME_MAX = "3 m";

    /** What became of a test. */
    enum Outcome {
        /** The node does what the contract says. */
        PASSED,
        /** The node does something else. */
        FAILED,
        /** The node lacks what the test asks for, or does otherwise by nature. */
        NOT_OFFERED,
        /** The node could not be asked: its panel is another's, or the server is somebody's. */
        NOT_ASKED
    }

    /**
     * One test.
     *
     * @param test its name
     * @param outcome what became of it
     * @param reason why it did not pass; empty if it did
     */
    record Result(String test, Outcome outcome, String reason) {}

    /**
     * Runs every group of the contract, one after another, on the subject that {@link Groups} was told.
     *
     * @param progress where each group is told when it is done
     */
    static Compatibility check(PrintWriter progress) {
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        var launcher = LauncherFactory.create(config);
        var groups = new LinkedHashMap<String, List<Result>>();
        for (var group : Groups.ALL) {
            var name = Groups.name(group);
            progress.print(name + " ... ");
            progress.flush();
            var results = new Results();
            launcher.execute(request(group), results);
            var found = results.found();
            groups.put(name, found);
            progress.println(count(found, Outcome.PASSED) + " passed, " + count(found, Outcome.FAILED) + " failed");
            progress.flush();
        }
        return new Compatibility(groups);
    }

    private static LauncherDiscoveryRequest request(Class<?> group) {
        return LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .configurationParameter("junit.jupiter.execution.timeout.default", TEST_TIME_MAX)
                .selectors(selectClass(group))
                .build();
    }

    /** Returns how many tests of all groups ended so. */
    long count(Outcome outcome) {
        return groups.values().stream()
                .mapToLong(results -> count(results, outcome))
                .sum();
    }

    /** Returns how many of the given tests ended so. */
    static long count(List<Result> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /** Returns whether something was asked, and nothing failed. */
    boolean kept() {
        return count(Outcome.FAILED) == 0 && count(Outcome.PASSED) > 0;
    }

    /** Collects results as they come. */
    private static final class Results implements TestExecutionListener {

        private final List<Result> all = new ArrayList<>();
        private @Nullable Throwable broken;

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(this::lookForOurOwn);
            var reason = result.getThrowable().map(Results::reason).orElse("");
            var name = test.getDisplayName().replaceAll("\\(\\)$", "");
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) {
                        all.add(new Result(name, Outcome.PASSED, ""));
                    }
                }
                case ABORTED -> all.add(passedOver(name, reason));
                default -> all.add(failed(name, reason, result.getThrowable()));
            }
        }

        /** A library that is missing here is no fault of the node. */
        private void lookForOurOwn(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof LinkageError) {
                    broken = cause;
                }
            }
        }

        private List<Result> found() {
            if (broken != null) {
                throw new IllegalStateException("the program is not complete", broken);
            }
            return List.copyOf(all);
        }

        /** An older version may lack what others of its kind have: the client finds out when it asks. */
        private static Result failed(String name, String reason, Optional<Throwable> failure) {
            return failure.filter(NotOfferedException.class::isInstance).isPresent()
                    ? new Result(
                            name,
                            Outcome.NOT_OFFERED,
                            "others that speak like it have it, this one does not: " + reason)
                    : new Result(name, Outcome.FAILED, reason);
        }

        private static Result passedOver(String name, String reason) {
            var lack = reason.startsWith(Offered.REASON) ? reason.substring(Offered.REASON.length()) : reason;
            return lack.startsWith(Offered.NOT_ASKED)
                    ? new Result(name, Outcome.NOT_ASKED, lack.substring(Offered.NOT_ASKED.length()))
                    : new Result(name, Outcome.NOT_OFFERED, lack);
        }

        private static String reason(Throwable failure) {
            var message = failure.getMessage();
            return Printable.line(
                    message == null || message.isBlank()
                            ? failure.getClass().getSimpleName()
                            : message.replaceFirst("^Assumption failed: ", ""));
        }
    }
}
