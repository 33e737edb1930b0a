package dev.rookery.examples.panel;

import dev.rookery.api.Caller;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.node.Capability;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.wings.HttpNode;
import dev.rookery.wings.SignedUrls;
import java.net.URI;
import java.util.Optional;

/**
 * Where browsers load files and backups from without the panel in between, if that is wanted and the node can do it. Each address holds a token
 * that is good for minutes and for this one thing. Thread-safe.
 */
public final class DirectAddresses {

    private final PanelService panel;
    private final NodeDirectory directory;
    private final NodeOffers offers;
    private final Backups backups;
    private final boolean wanted;

    DirectAddresses(
            PanelService panel, NodeDirectory directory, NodeOffers offers, Backups backups, PanelSettings settings) {
        this.panel = panel;
        this.directory = directory;
        this.offers = offers;
        this.backups = backups;
        this.wanted = settings.directDownloads();
    }

    /** Returns the address of a file on its node, a secret; empty if it has to come through the panel. */
    public Optional<URI> file(PanelServer server, Caller caller, String path) {
        return urls(server, caller).map(urls -> urls.download(path).uri());
    }

    /** Returns the address of a complete backup, a secret; empty if it has to come through the panel. */
    public Optional<URI> backup(PanelServer server, Caller caller, BackupId backup) {
        if (!wanted) {
            return Optional.empty();
        }
        return backups.address(server, backup)
                .or(() -> urls(server, caller).map(urls -> urls.backup(backup).uri()));
    }

    private Optional<SignedUrls> urls(PanelServer server, Caller caller) {
        if (!wanted || !offers.offers(server, Capability.SIGNED_URLS).orElse(false)) {
            return Optional.empty();
        }
        return panel.store()
                .nodes()
                .find(server.node())
                .map(directory::node)
                .filter(HttpNode.class::isInstance)
                .map(node -> ((HttpNode) node).as(caller).signedUrls(server.id()));
    }
}
