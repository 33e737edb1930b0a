package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.ProxyState;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.Proof;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of a change, as the UI sees it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ReportView(
        RevisionView revision,
        ApplyReport.Outcome outcome,
        String said,
        Optional<String> proof,
        Optional<RevisionView> undone,
        List<FindingView> findings,
        ProxyStateView state) {

    static ReportView of(ApplyReport report, ProxyState state, List<Finding> besides) {
        return new ReportView(
                RevisionView.of(report.saved()),
                report.outcome(),
                report.said(),
                report.proof().map(ReportView::text),
                report.undone().map(RevisionView::of),
                FindingView.of(besides),
                ProxyStateView.of(state));
    }

    /** Returns what was seen from outside, a line for each look. */
    private static String text(Proof proof) {
        return proof.checks().stream()
                .map(check ->
                        check.outcome() + " " + check.what() + (check.said().isEmpty() ? "" : ": " + check.said()))
                .collect(Collectors.joining("\n"));
    }
}
