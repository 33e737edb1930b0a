package dev.rookery.examples.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.proxy.ProxyOptions;
import dev.rookery.panel.s3.S3Options;
import java.util.Optional;

/**
 * What can be chosen when the panel is started.
 *
 * @param backupStore the object store that new backups go to; empty means the disks of their nodes
 * @param backupsPerServer how many backups a server may have; failed ones do not count
 * @param directDownloads whether browsers load files and backups from nodes and the object store, instead of through the panel
 * @param proxy the proxy before the servers; empty is none
 */
public record PanelSettings(
        Optional<S3Options> backupStore, int backupsPerServer, boolean directDownloads, Optional<ProxyOptions> proxy) {

    /** How many backups a server may have unless something else is chosen. */
    public static final int BACKUPS_PER_SERVER = 10;

    /** Checks its arguments. */
    public PanelSettings {
        requireNonNull(backupStore, "backupStore");
        requireNonNull(proxy, "proxy");
        if (backupsPerServer < 0) {
            throw new InvalidInputException("backups per server: " + backupsPerServer + " (expected: >= 0)");
        }
    }

    /** Returns what holds where nothing is chosen. */
    public static PanelSettings defaults() {
        return new PanelSettings(Optional.empty(), BACKUPS_PER_SERVER, false, Optional.empty());
    }

    /** Returns a copy with a proxy. */
    public PanelSettings withProxy(ProxyOptions value) {
        return new PanelSettings(backupStore, backupsPerServer, directDownloads, Optional.of(value));
    }
}
