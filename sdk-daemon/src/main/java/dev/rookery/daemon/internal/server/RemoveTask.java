package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.file.Trees;
import dev.rookery.kit.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what a server has on engine and disk. Each step may be repeated, and is until it works. */
final class RemoveTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoveTask.class);

    private final ManagedServer server;
    private final long epoch;

    RemoveTask(ManagedServer server, long epoch) {
        this.server = server;
        this.epoch = epoch;
    }

    @Override
    public void run() {
        for (int failures = 1; ; failures++) {
            try {
                remove();
                server.tell(new ServerEvent.Removed(epoch));
                return;
            } catch (RuntimeException | IOException e) {
                // Unchecked ones too: listing a directory throws some, and a server must not be stuck half deleted.
                if (server.services().threads().isShutdown()) {
                    return;
                }
                LOG.warn("server {}: cannot be removed yet: {}", server.id(), e.toString());
            }
            try {
                Thread.sleep(Backoff.REMOTE.pauseAfter(failures).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void remove() throws IOException {
        server.session().ifPresent(ContainerSession::close);
        var environment = server.services().environment();
        environment.remove(server.id().toString(), CancelSignal.create());
        environment.remove(server.id() + ContainerSpecs.INSTALLER_SUFFIX, CancelSignal.create());
        server.services().work().end(server.id());
        server.services().points().reached("delete containers");
        server.endQuota();
        server.services().trash().take(server.dataDirectory());
        server.services().points().reached("delete files");
        Trees.delete(server.scriptDirectory());
        new IdentityFiles(server.services().options()).delete(server.id());
        Files.deleteIfExists(server.installLog());
        server.services().points().reached("delete log");
        server.console().history().delete();
        server.services().points().reached("delete console");
    }
}
