package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.daemon.internal.server.ContainerSpecs;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the install containers of this node that no installation knows any more, such as after the node's root was restored from a backup:
 * a script that nobody follows would go on writing into a server's files. Containers of servers are only named, never removed.
 */
final class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

    private final NodeRuntime runtime;

    OrphanSweep(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    /** Looks at what the engine has listed. */
    void run(List<ProcessSummary> containers, CancelSignal cancel) {
        for (var container : containers) {
            var name = container.name();
            boolean installer = name.endsWith(ContainerSpecs.INSTALLER_SUFFIX);
            var uuid = installer ? name.substring(0, name.length() - ContainerSpecs.INSTALLER_SUFFIX.length()) : name;
            if (installer && !installs(uuid)) {
                end(container.id(), name, cancel);
            } else if (!installer && !known(uuid)) {
                LOG.warn("container {} is this node's, but there is no such server; it is kept", name);
            }
        }
    }

    /** By its id: a container of the same name that an installation makes meanwhile is another one. */
    private void end(String id, String name, CancelSignal cancel) {
        try {
            runtime.services().environment().remove(id, cancel);
            LOG.warn("install container {} was left over, it is removed", name);
        } catch (RookeryException e) {
            LOG.warn("install container {} was left over and cannot be removed: {}", name, e.getMessage());
        }
    }

    private boolean known(String uuid) {
        try {
            return runtime.find(ServerId.parse(uuid)).isPresent();
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private boolean installs(String uuid) {
        try {
            return runtime.find(ServerId.parse(uuid))
                    .map(server -> server.state().resume().installing())
                    .orElse(false);
        } catch (InvalidInputException e) {
            return false;
        }
    }
}
