package dev.rookery.api.panel;

import java.util.List;

/**
 * One page of a node's servers.
 *
 * @param servers the servers of this page
 * @param page this page, from 1
 * @param lastPage the last page, at least 1
 * @param total how many servers there are on all pages
 */
public record ServerPage(List<Entry> servers, int page, int lastPage, long total) {

    /** Copies the list. */
    public ServerPage {
        servers = List.copyOf(servers);
    }

    /**
     * A server of the page. One that cannot be read does not hide the others.
     *
     * @param uuid which server, as the panel wrote it
     * @param configuration how to run it, null if it cannot be read
     * @param problem why not, null if it can
     */
    public record Entry(
            String uuid,
            @org.jspecify.annotations.Nullable ServerConfiguration configuration,
            @org.jspecify.annotations.Nullable String problem) {}
}
