package dev.rookery.panel.internal.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import dev.rookery.panel.internal.NodePanel;
import java.util.List;
import java.util.Optional;

/** One page of a node's servers. Source: panel remote API §3.1. */
final class ServerList {

    private static final int PER_PAGE = 50;

    private ServerList() {}

    private record Page(
            @JsonProperty("data") List<Item> data,
            @JsonProperty("meta") Meta meta) {}

    private record Item(
            @JsonProperty("uuid") String uuid,
            @JsonProperty("settings") ServerSettings settings,
            @JsonProperty("process_configuration") ProcessConfiguration process) {}

    /** All numbers: the Go daemons refuse texts here. {@code from} and {@code to} are absent on an empty page. */
    private record Meta(
            @JsonProperty("current_page") int currentPage,
            @JsonProperty("from") Optional<Long> from,
            @JsonProperty("last_page") int lastPage,
            @JsonProperty("per_page") int perPage,
            @JsonProperty("to") Optional<Long> to,
            @JsonProperty("total") long total) {}

    static PanelResponse answer(Panel panel, PanelRequest request) {
        // The first request of every daemon is for page 0.
        int page = Math.max(1, number(request, "page", 1));
        int perPage = Math.max(1, Math.min(number(request, "per_page", PER_PAGE), NodePanel.MAX_PER_PAGE));
        var found = panel.servers(page, perPage);
        var items =
                found.servers().stream().flatMap(entry -> item(entry).stream()).toList();
        return Answer.json(new Page(items, meta(found, perPage)));
    }

    private static Meta meta(ServerPage page, int perPage) {
        int count = page.servers().size();
        long before = (page.page() - 1L) * perPage;
        return new Meta(
                page.page(),
                count == 0 ? Optional.empty() : Optional.of(before + 1),
                page.lastPage(),
                perPage,
                count == 0 ? Optional.empty() : Optional.of(before + count),
                page.total());
    }

    /** One server that cannot be configured must not keep a node from starting the others. */
    private static Optional<Item> item(ServerPage.Entry entry) {
        return Optional.ofNullable(entry.configuration())
                .map(configuration -> new Item(entry.uuid(), configuration.settings(), configuration.process()));
    }

    private static int number(PanelRequest request, String name, int otherwise) {
        try {
            return Integer.parseInt(request.query().getOrDefault(name, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new HttpFailure(400, "BadRequest", name + " (expected: a number)");
        }
    }
}
