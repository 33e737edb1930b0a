package dev.rookery.panel.spi;

import java.util.List;

/**
 * Some of the servers that were asked for.
 *
 * @param servers the servers, in order
 * @param total how many there are with those that were skipped or did not fit
 */
public record ServerSlice(List<PanelServer> servers, long total) {

    /** Copies the list. */
    public ServerSlice {
        servers = List.copyOf(servers);
    }
}
