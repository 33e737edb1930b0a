package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.egg.StopAction;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a process to end, the way the egg says. Whether it does is seen elsewhere. Source: daemon behaviour §4.5. */
final class StopTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(StopTask.class);

    private static final Duration ATTACH_LONGEST = Duration.ofSeconds(5);

    private final ManagedServer server;
    private final long epoch;

    StopTask(ManagedServer server, long epoch) {
        this.server = server;
        this.epoch = epoch;
    }

    @Override
    public void run() {
        var session = server.session();
        if (session.isEmpty() || session.get().epoch() != epoch) {
            return;
        }
        try {
            stop(session.get(), StopAction.of(server.configuration().process().stop()));
        } catch (RookeryException e) {
            LOG.warn(
                    "server {}: cannot be asked to stop, it is killed at the deadline: {}",
                    server.id(),
                    e.getMessage());
            server.console().say("The server cannot be asked to stop (" + e.getMessage() + ").");
        }
    }

    private void stop(ContainerSession session, StopAction action) {
        var environment = server.services().environment();
        if (action instanceof StopAction.Command command) {
            try {
                // After a start of the daemon it may be told to stop before it is attached again.
                if (!session.awaitAttached(ATTACH_LONGEST) && !session.open()) {
                    return;
                }
                session.type(command.text());
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ConflictException e) {
                LOG.info("server {}: not attached, stopped by signal instead", server.id());
            }
        }
        if (action instanceof StopAction.Signal signal) {
            environment.signal(session.container(), signal.name(), CancelSignal.create());
        } else {
            environment.stop(session.container(), CancelSignal.create());
        }
    }
}
