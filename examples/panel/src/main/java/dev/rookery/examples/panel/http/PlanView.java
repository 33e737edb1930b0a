package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.Running;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change would do, as the UI sees it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PlanView(
        boolean possible,
        RevisionView base,
        List<DifferenceView> differences,
        List<FindingView> findings,
        Engine engine,
        Optional<CloudView> cloud) {

    /** How much of an engine's configuration is shown. */
    static final int TEXT_MAX = 256 * 1024;

    static PlanView of(ApplyPlan plan, List<Finding> besides) {
        return new PlanView(
                plan.possible(),
                RevisionView.of(plan.base()),
                DifferenceView.of(plan.differences()),
                FindingView.of(Stream.concat(besides.stream(), plan.findings().stream())
                        .toList()),
                Engine.of(plan),
                plan.cloud().map(CloudView::of));
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Engine(boolean changes, Optional<String> before, Optional<String> after, Optional<Boolean> cut) {

        static Engine of(ApplyPlan plan) {
            var before = plan.running().map(Running::content).map(Engine::text);
            var after = plan.candidate().map(Engine::text);
            boolean cut = Stream.of(before, after).flatMap(Optional::stream).anyMatch(text -> text.length() > TEXT_MAX);
            return new Engine(
                    plan.changesEngine(),
                    before.map(Engine::shortened),
                    after.map(Engine::shortened),
                    cut ? Optional.of(true) : Optional.empty());
        }

        /** An engine with several files has them one after the other, each under its name. */
        private static String text(Candidate candidate) {
            var files = candidate.shown();
            return files.size() == 1
                    ? files.values().iterator().next()
                    : files.entrySet().stream()
                            .map(file -> "# " + file.getKey() + "\n" + file.getValue())
                            .collect(Collectors.joining("\n"));
        }

        private static String shortened(String text) {
            return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
        }
    }
}
