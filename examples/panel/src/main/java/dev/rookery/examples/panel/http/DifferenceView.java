package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.api.Json;
import dev.rookery.proxy.store.Difference;
import java.util.List;
import java.util.Optional;

/** What two documents differ in at one place, as the UI sees it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DifferenceView(String place, Optional<Json> before, Optional<Json> after) {

    static List<DifferenceView> of(List<Difference> differences) {
        return differences.stream()
                .map(one -> new DifferenceView(one.place(), one.before(), one.after()))
                .toList();
    }
}
