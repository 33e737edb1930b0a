package dev.rookery.daemon.internal.node;

import dev.rookery.api.NotOfferedException;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeMachine;
import java.util.Optional;

/** The machine of a daemon, asked by one caller. Immutable and thread-safe. */
final class DaemonMachine implements NodeMachine {

    private final DaemonNode node;
    private final Optional<ConfigurationUpdates> updates;

    DaemonMachine(DaemonNode node, Optional<ConfigurationUpdates> updates) {
        this.node = node;
        this.updates = updates;
    }

    @Override
    public boolean updateConfiguration(NodeConfigurationPatch patch) {
        node.requirePanel("change the node's configuration");
        return updates.orElseThrow(() -> new NotOfferedException(Capability.CONFIGURATION_UPDATE))
                .apply(patch);
    }
}
