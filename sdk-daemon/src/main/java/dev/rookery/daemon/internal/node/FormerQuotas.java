package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.quota.ProjectQuotas;
import dev.rookery.daemon.internal.quota.Projects;
import dev.rookery.daemon.internal.server.NodeServices;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes servers' files out of the kernel's limits if that was switched off: the limits would stay as they were, and files that are written aside
 * could not be moved to their places.
 */
final class FormerQuotas implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FormerQuotas.class);

    private final NodeServices services;

    FormerQuotas(NodeServices services) {
        this.services = services;
    }

    @Override
    public void run() {
        var store = services.store().projects();
        if (services.projects().isPresent() || store.all().isEmpty()) {
            return;
        }
        var data = services.options().system().dataDirectory();
        try {
            new Projects(ProjectQuotas.open(data), store, services.options().nodeUuid())
                    .takeBack(data, CancelSignal.create());
        } catch (IOException e) {
            LOG.warn(
                    "servers have projects of the file system from when system.quotas.enabled was true, which cannot be"
                            + " taken back now: {}",
                    e.getMessage());
        }
    }
}
