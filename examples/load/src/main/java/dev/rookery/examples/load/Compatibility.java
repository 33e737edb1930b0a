package dev.rookery.examples.load;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.rookery.testing.node.ContractNode;
import dev.rookery.wings.HttpNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a node keeps of the contracts. */
final class Compatibility {

    private static final int REASON_MAX = 300;

    private final String subject;
    private final Map<String, Group> groups;

    private Compatibility(String subject, Map<String, Group> groups) {
        this.subject = subject;
        this.groups = groups;
    }

    /** The tests of one contract. */
    private static final class Group {
        private int passed;
        private final Map<String, String> failed = new TreeMap<>();
        private final Map<String, String> passedOver = new TreeMap<>();
    }

    /** Runs every group of the contract, one after another. */
    static Compatibility check(ContractNode node) {
        var subject = describe(node);
        var outcome = new Outcome();
        Groups.subject(node);
        var request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false");
        Groups.ALL.forEach(group -> request.selectors(selectClass(group)));
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config).execute(request.build(), outcome);
        return new Compatibility(subject, outcome.groups);
    }

    /** Returns whether nothing failed. */
    boolean kept() {
        return groups.values().stream().allMatch(group -> group.failed.isEmpty());
    }

    /** Returns the report for people, as Markdown. */
    String report() {
        var text = new StringBuilder("# Compatibility\n\n").append(subject).append("\n\n");
        text.append("| group | passed | failed | passed over |\n|---|---|---|---|\n");
        groups.forEach((name, group) -> text.append("| ")
                .append(String.join(
                        " | ",
                        name,
                        Integer.toString(group.passed),
                        Integer.toString(group.failed.size()),
                        Integer.toString(group.passedOver.size())))
                .append(" |\n"));
        section(text, "Failed", group -> group.failed);
        section(text, "Passed over", group -> group.passedOver);
        return text.toString();
    }

    private void section(StringBuilder text, String title, Function<Group, Map<String, String>> which) {
        var lines = new ArrayList<String>();
        groups.forEach((name, group) ->
                which.apply(group).forEach((test, reason) -> lines.add("- " + name + ": `" + test + "`: " + reason)));
        if (!lines.isEmpty()) {
            text.append("\n## ")
                    .append(title)
                    .append("\n\n")
                    .append(String.join("\n", lines))
                    .append('\n');
        }
    }

    private static String describe(ContractNode subject) {
        var system = subject.node().system();
        var capabilities = new TreeSet<String>();
        subject.node().capabilities().forEach(capability -> capabilities.add(capability.name()));
        var dialect = subject.node() instanceof HttpNode http ? http.dialect().wireName() : "in process";
        return "Dialect " + dialect + ", version " + system.version() + ", " + system.os() + "/" + system.architecture()
                + "; offers " + String.join(", ", capabilities) + ".";
    }

    /** Collects results as they come. */
    private static final class Outcome implements TestExecutionListener {

        private final Map<String, Group> groups = new LinkedHashMap<>();

        private Outcome() {
            Groups.ALL.forEach(group -> groups.put(Groups.name(group), new Group()));
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            var group = groups.get(Groups.nameIn(test.getUniqueId(), List.copyOf(groups.keySet())));
            if (group == null) {
                return;
            }
            var reason = result.getThrowable().map(Outcome::reason).orElse("");
            switch (result.getStatus()) {
                case SUCCESSFUL -> group.passed += test.isTest() ? 1 : 0;
                case ABORTED -> group.passedOver.put(test.getDisplayName(), reason);
                default -> group.failed.put(test.getDisplayName(), reason);
            }
        }

        private static String reason(Throwable failure) {
            var text = String.valueOf(failure.getMessage())
                    .replaceFirst("^Assumption failed: ", "")
                    .strip()
                    .replaceAll("\\s+", " ");
            return text.length() > REASON_MAX ? text.substring(0, REASON_MAX) + "..." : text;
        }
    }
}
