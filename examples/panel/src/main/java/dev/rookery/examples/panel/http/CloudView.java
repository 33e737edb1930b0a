package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.proxy.apply.CloudReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a cloud would be told, as the UI sees it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CloudView(long revision, CloudReport.State state, List<Part> parts, Optional<Instant> nextAt) {

    static CloudView of(CloudReport report) {
        return new CloudView(
                report.revision(),
                report.state(),
                report.parts().stream()
                        .map(part -> new Part(part.binding(), part.name(), part.state(), part.said()))
                        .toList(),
                report.nextAt());
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Part(String binding, Optional<String> name, CloudReport.State state, String said) {}
}
