package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.Phase;
import dev.rookery.daemon.internal.server.ServerEvent;
import dev.rookery.kit.Backoff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the servers back after a start of the daemon: waits for the engine, finds out what runs, and has each server go on. Servers are
 * asked for one after another, which is quick; what takes long they do by themselves.
 */
final class Boot implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);
    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(250), 1.5, Duration.ofSeconds(5), 0.2);

    private final NodeRuntime runtime;
    private final boolean clean;
    private final CancelSignal cancel = CancelSignal.create();

    /**
     * Creates it.
     *
     * @param clean whether the daemon was closed in order the last time
     */
    Boot(NodeRuntime runtime, boolean clean) {
        this.runtime = runtime;
        this.clean = clean;
    }

    @Override
    public void run() {
        for (int failures = 1; !runtime.services().threads().isShutdown(); failures++) {
            try {
                runtime.services().environment().prepare(cancel);
                if (bringBack()) {
                    LOG.info(
                            "every server is taken up, {} of them",
                            runtime.servers().size());
                    new OrphanSweep(runtime).run(cancel);
                    return;
                }
            } catch (RookeryException e) {
                if (failures == 1 && !runtime.services().threads().isShutdown()) {
                    LOG.error("servers cannot be brought back yet: {}", e.getMessage());
                }
            } catch (RuntimeException e) {
                if (!runtime.services().threads().isShutdown()) {
                    LOG.error("bringing the servers back failed, it is tried again", e);
                }
            }
            try {
                Thread.sleep(PAUSES.pauseAfter(failures).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean bringBack() {
        boolean all = true;
        for (var server : runtime.servers()) {
            if (server.state().phase() == Phase.BOOTING) {
                all &= bringBack(server);
            }
        }
        return all;
    }

    private boolean bringBack(ManagedServer server) {
        try {
            var status = runtime.services().environment().inspect(server.id().toString(), cancel);
            var startedAt = status.filter(ProcessStatus::running).flatMap(ProcessStatus::startedAt);
            server.bringBack(status.map(ProcessStatus::id), startedAt, clean);
            server.tell(
                    new ServerEvent.Resumed(status.map(ProcessStatus::running).orElse(false)));
            return true;
        } catch (RookeryException e) {
            LOG.warn("server {}: cannot be brought back yet: {}", server.id(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            // One server's trouble must not keep the others down.
            if (!runtime.services().threads().isShutdown()) {
                LOG.error("server {}: bringing it back failed, it is tried again", server.id(), e);
            }
            return false;
        }
    }
}
