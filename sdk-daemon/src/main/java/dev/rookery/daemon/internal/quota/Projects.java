package dev.rookery.daemon.internal.quota;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ServerId;
import dev.rookery.api.spi.DiskQuotas;
import dev.rookery.api.spi.DiskQuotas.Amount;
import dev.rookery.daemon.internal.store.ProjectStore;
import dev.rookery.daemon.internal.store.ProjectStore.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The projects of one node: a server's files belong to one that nothing else belongs to. Thread-safe. */
public final class Projects {

    private static final Logger LOG = LoggerFactory.getLogger(Projects.class);
    /** Others number theirs from 0 or 1 upwards, or by a server's number. */
    private static final int FIRST = 1 << 30;
    /** So many places of so many numbers, so that two nodes on one file system hardly ever ask for the same. */
    private static final int PLACES = 1 << 14;

    private static final int PER_PLACE = 1 << 16;
    private static final int TRIES_MAX = 1000;

    private final DiskQuotas quotas;
    private final ProjectStore store;
    private final int first;

    /**
     * Creates those of a node.
     *
     * @param quotas those of the file system that the servers' files are on
     */
    public Projects(DiskQuotas quotas, ProjectStore store, UUID node) {
        this.quotas = quotas;
        this.store = store;
        this.first = FIRST + Math.floorMod(node.hashCode(), PLACES) * PER_PLACE;
    }

    /**
     * Returns the quota of a server.
     *
     * @param directory its files
     * @param limitBytes what they may take now; 0 is without a limit
     */
    public ServerQuota of(ServerId server, Path directory, LongSupplier limitBytes) {
        return new ServerQuota(server, directory, limitBytes, this);
    }

    /** Ends the projects of servers that the node does not have, as a crash in the middle of a deletion leaves them. */
    public void endUnknown(Predicate<ServerId> known) {
        for (var project : store.all()) {
            if (!known.test(project.server())) {
                try {
                    end(project);
                } catch (IOException e) {
                    LOG.warn("project {} of a server that is gone keeps its limit: {}", project.number(), e.toString());
                }
            }
        }
    }

    /**
     * Takes all servers' files out of their projects: nobody keeps their limits from now on. What cannot be taken out stays known, for the
     * next time.
     *
     * @param dataDirectory where the servers' directories are
     * @param cancel ends it early
     */
    public void takeBack(Path dataDirectory, CancelSignal cancel) {
        for (var project : store.all()) {
            try {
                var directory = dataDirectory.resolve(project.server().toString());
                if (Files.isDirectory(directory)) {
                    quotas.assign(directory, DiskQuotas.NO_PROJECT, cancel);
                }
                end(project);
            } catch (IOException e) {
                LOG.warn(
                        "server {}: its files stay in project {}: {}",
                        project.server(),
                        project.number(),
                        e.toString());
            }
        }
    }

    DiskQuotas quotas() {
        return quotas;
    }

    ProjectStore store() {
        return store;
    }

    /** Returns the project of a server, which is chosen if it has none. */
    Project get(ServerId server) throws IOException {
        var present = store.find(server);
        if (present.isPresent()) {
            return present.get();
        }
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            var chosen = store.add(server, first);
            if (free(chosen.number())) {
                return chosen;
            }
            LOG.warn("project {} is used by somebody else, the next one is tried", chosen.number());
        }
        store.forget(server);
        throw new IOException(
                "the next " + TRIES_MAX + " projects of the file system are used by others (expected: free ones)");
    }

    void end(Project project) throws IOException {
        if (!quotas.limits(project.number()).equals(Amount.NONE)) {
            quotas.limit(project.number(), Amount.NONE);
        }
        store.forget(project.server());
    }

    private boolean free(int project) throws IOException {
        return quotas.usage(project).equals(Amount.NONE)
                && quotas.limits(project).equals(Amount.NONE);
    }
}
