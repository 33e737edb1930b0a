package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.proxy.Finding;
import java.util.List;
import java.util.Optional;

/** Something about a document that its author should know, as the UI sees it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record FindingView(String code, Finding.Severity severity, Optional<String> route, String pointer, String message) {

    static List<FindingView> of(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new FindingView(
                        finding.code(), finding.severity(), finding.route(), finding.pointer(), finding.message()))
                .toList();
    }
}
