package dev.rookery.panel.internal.http;

import dev.rookery.api.dialect.RemoteDocuments;
import dev.rookery.api.panel.Panel;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import dev.rookery.panel.internal.NodePanel;

/** One page of a node's servers. Source: panel remote API §3.1. */
final class ServerList {

    private static final int PER_PAGE = 50;

    private ServerList() {}

    static PanelResponse answer(Panel panel, PanelRequest request) {
        // The first request of every daemon is for page 0.
        int page = Math.max(1, number(request, "page", 1));
        int perPage = Math.max(1, Math.min(number(request, "per_page", PER_PAGE), NodePanel.MAX_PER_PAGE));
        return Answer.document(RemoteDocuments.writePage(panel.servers(page, perPage), perPage));
    }

    private static int number(PanelRequest request, String name, int otherwise) {
        try {
            return Integer.parseInt(request.query().getOrDefault(name, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new HttpFailure(400, "BadRequest", name + " (expected: a number)");
        }
    }
}
