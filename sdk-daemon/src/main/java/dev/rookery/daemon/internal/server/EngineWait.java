package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.daemon.internal.server.Lifecycle.Next;
import dev.rookery.kit.Backoff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the engine answers again, for a server that could not be started without it, or until nobody wants the start any more. */
final class EngineWait implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineWait.class);
    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(500), 1.5, Duration.ofSeconds(5), 0.5);

    private final ManagedServer server;
    private final long epoch;
    private final int before;

    /**
     * Creates the task.
     *
     * @param before how many starts in a row have failed like this before: an engine that answers, but starts nothing, is asked less often
     */
    EngineWait(ManagedServer server, long epoch, int before) {
        this.server = server;
        this.before = before;
        this.epoch = epoch;
    }

    @Override
    public void run() {
        try {
            // The first pause always: what has failed a moment ago would fail again.
            for (int tries = 1 + before; ; tries++) {
                Thread.sleep(PAUSES.pauseAfter(tries).toMillis());
                if (!wanted()) {
                    return;
                }
                if (answers()) {
                    server.tell(new ServerEvent.EngineBack(false));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean wanted() {
        var state = server.state();
        return state.epoch() == epoch && state.phase() == Phase.OFFLINE && state.next() == Next.START;
    }

    private boolean answers() {
        try {
            server.services().environment().prepare(CancelSignal.create());
            return true;
        } catch (RookeryException e) {
            LOG.debug("server {}: waits for the engine: {}", server.id(), e.getMessage());
            return false;
        }
    }
}
