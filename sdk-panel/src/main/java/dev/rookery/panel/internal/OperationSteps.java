package dev.rookery.panel.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.kit.Backoff;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.StatusChange;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each kind of operation does. A node is called first, then the outcome is stored in one change; a crash in between makes the
 * next claim call the node again, so every call here is one that may be repeated.
 */
public final class OperationSteps {

    private static final Logger LOG = LoggerFactory.getLogger(OperationSteps.class);
    private static final double RETRY_FACTOR = 2;
    private static final double RETRY_JITTER = 0.2;

    private final PanelStore store;
    private final Nodes nodes;
    private final StateBoard board;
    private final PanelOptions options;
    private final Clock clock;
    private final Backoff backoff;

    /** Creates the steps. */
    public OperationSteps(PanelStore store, Nodes nodes, StateBoard board, PanelOptions options, Clock clock) {
        this.store = store;
        this.nodes = nodes;
        this.board = board;
        this.options = options;
        this.clock = clock;
        this.backoff = Backoff.of(options.firstRetry(), RETRY_FACTOR, options.maxRetry(), RETRY_JITTER);
    }

    /** Carries out a claimed operation up to its end or to its next attempt. */
    void carryOut(Operation operation) {
        var server = store.servers().find(operation.server());
        if (server.isEmpty()) {
            store.operations().finish(operation, Optional.empty());
            return;
        }
        LOG.info("server {}: {}, attempt {}", operation.server(), operation.kind(), operation.attempts());
        switch (operation.kind()) {
            case CREATE -> create(operation, server.get());
            case REINSTALL -> reinstall(operation, server.get());
            case DELETE -> delete(operation, server.get());
        }
        board.changed(operation.server());
    }

    private void create(Operation operation, PanelServer server) {
        var creating = Set.of(ServerStatus.CREATING);
        try {
            node(server)
                    .createServer(new CreateServer(server.id(), server.spec().startOnCompletion()));
        } catch (ConflictException e) {
            // The node has it: an earlier call got through, whose answer was lost with the process that waited for it.
            LOG.info("server {}: its node has it already", server.id());
        } catch (RookeryException e) {
            if (retryable(e, operation)) {
                retry(operation, e);
            } else {
                finish(operation, StatusChange.of(creating, ServerStatus.CREATE_FAILED, reason(e)));
            }
            return;
        }
        finish(operation, StatusChange.of(creating, ServerStatus.INSTALLING));
    }

    private void reinstall(Operation operation, PanelServer server) {
        if (operation.attempts() > 1) {
            // The report of an earlier call may have come; this call begins another installation.
            var installed = EnumSet.of(ServerStatus.READY, ServerStatus.INSTALL_FAILED);
            store.servers()
                    .changeStatus(server.node(), server.id(), StatusChange.of(installed, ServerStatus.INSTALLING));
        }
        try {
            node(server).server(server.id()).reinstall();
        } catch (RookeryException e) {
            if (e instanceof ConflictException && operation.attempts() > 1) {
                store.operations().finish(operation, Optional.empty());
            } else if (retryable(e, operation)) {
                retry(operation, e);
            } else {
                finish(operation, notReinstalled(server, e));
            }
            return;
        }
        store.operations().finish(operation, Optional.empty());
    }

    private static StatusChange notReinstalled(PanelServer server, RookeryException e) {
        boolean usable = server.life().installedAt().isPresent() && !(e instanceof NotFoundException);
        return StatusChange.of(
                Set.of(ServerStatus.INSTALLING),
                usable ? ServerStatus.READY : ServerStatus.INSTALL_FAILED,
                "not reinstalled: " + reason(e));
    }

    private void delete(Operation operation, PanelServer server) {
        try {
            node(server).server(server.id()).delete();
        } catch (NotFoundException e) {
            LOG.info("server {}: its node does not have it", server.id());
        } catch (RookeryException e) {
            // Given up, it would leave a server running that nobody sees. So it is tried for as long as it takes.
            retry(operation, e);
            return;
        }
        if (store.operations().finishDeletion(operation)) {
            LOG.info("server {}: deleted", server.id());
        }
    }

    private Node node(PanelServer server) {
        return nodes.bounded(server.node(), options.callDeadline());
    }

    private boolean retryable(RookeryException e, Operation operation) {
        return e.retryable() || (e instanceof ProtocolException && operation.attempts() < options.protocolAttempts());
    }

    private void retry(Operation operation, RookeryException e) {
        var pause = backoff.pauseAfter(operation.attempts());
        LOG.warn("server {}: {} again in {}: {}", operation.server(), operation.kind(), pause, reason(e));
        store.operations().retry(operation, clock.instant().plus(pause), reason(e));
    }

    private void finish(Operation operation, StatusChange change) {
        if (store.operations().finish(operation, Optional.of(change))) {
            LOG.info(
                    "server {}: {}{}",
                    operation.server(),
                    change.to(),
                    change.reason().map(reason -> ": " + reason).orElse(""));
        }
    }

    private static String reason(RookeryException e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
