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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each kind of operation does. A node is called first, then the outcome is stored in one change; a crash in between makes the
 * next claim call the node again, so every call here is one that may be repeated.
 *
 * <p>Backups, restores and moves take their time: once the node has accepted one, the operation waits for the node's report, and fails
 * when none has come until its deadline. So nothing waits for ever.
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
    private final BackupSteps backups;
    private final TransferSteps transfers;
    private final Backoff backoff;

    /** Creates the steps. */
    OperationSteps(
            PanelStore store,
            Nodes nodes,
            StateBoard board,
            PanelOptions options,
            Clock clock,
            BackupSteps backups,
            TransferSteps transfers) {
        this.store = store;
        this.nodes = nodes;
        this.board = board;
        this.options = options;
        this.clock = clock;
        this.backups = backups;
        this.transfers = transfers;
        this.backoff = Backoff.of(options.firstRetry(), RETRY_FACTOR, options.maxRetry(), RETRY_JITTER);
    }

    /** Carries out a claimed operation up to its end or to its next attempt. */
    void carryOut(Operation operation) {
        var found = store.servers().find(operation.server());
        if (found.isEmpty()) {
            store.operations().finish(operation, Optional.empty());
            return;
        }
        var server = found.get();
        LOG.info("server {}: {}, attempt {}", operation.server(), operation.kind(), operation.attempts());
        switch (operation.kind()) {
            case CREATE -> create(operation, server);
            case REINSTALL -> reinstall(operation, server);
            case DELETE -> delete(operation, server);
            case SYNC -> sync(operation, server);
            case BACKUP -> ask(operation, server, backups::create, backups::failCreate);
            case RESTORE -> ask(operation, server, backups::restore, backups::failRestore);
            case TRANSFER -> ask(operation, server, transfers::begin, transfers::fail);
            case FINISH_BACKUP -> work(operation, backups::finish, backups::failFinish);
            case DELETE_BACKUP -> work(operation, o -> backups.delete(o, server), backups::failDelete);
            case CLEAN_UP -> cleanUp(operation, server);
        }
        board.changed(operation.server());
    }

    /** Ends what a node has accepted and forgotten. */
    void forgotten(Operation operation) {
        failure(operation).accept(operation, "its node has restarted");
        board.changed(operation.server());
    }

    private BiConsumer<Operation, String> failure(Operation operation) {
        return switch (operation.kind()) {
            case BACKUP -> backups::failCreate;
            case RESTORE -> backups::failRestore;
            case TRANSFER -> transfers::fail;
            default -> (other, reason) -> {};
        };
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
        if (operation.unanswered()) {
            // The report of an earlier call may have come; this call begins another installation.
            var installed = EnumSet.of(ServerStatus.READY, ServerStatus.INSTALL_FAILED);
            store.servers()
                    .changeStatus(server.node(), server.id(), StatusChange.of(installed, ServerStatus.INSTALLING));
        }
        try {
            node(server).server(server.id()).reinstall();
        } catch (RookeryException e) {
            if (e instanceof ConflictException && operation.unanswered()) {
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
            // First where it runs: whatever is away of the rest must not leave a server running that nobody sees.
            deleteOnItsNode(server);
            transfers.removeEverywhereElse(operation, server);
            backups.removeRemote(server);
        } catch (RookeryException e) {
            // Not given up either, for as long as it takes.
            retry(operation, e);
            return;
        }
        if (store.operations().finishDeletion(operation)) {
            LOG.info("server {}: deleted", server.id());
        }
    }

    private void deleteOnItsNode(PanelServer server) {
        try {
            node(server).server(server.id()).delete();
        } catch (NotFoundException e) {
            LOG.info("server {}: its node does not have it", server.id());
        }
    }

    /** Tells the node to fetch the configuration again, for as long as it takes: a server that is suspended must not go on. */
    private void sync(Operation operation, PanelServer server) {
        try {
            node(server).server(server.id()).sync();
        } catch (RookeryException e) {
            if (retryable(e, operation)) {
                retry(operation, e);
                return;
            }
            LOG.info("server {}: its node did not fetch its configuration: {}", server.id(), reason(e));
        }
        store.operations().finish(operation, Optional.empty());
    }

    private void cleanUp(Operation operation, PanelServer server) {
        try {
            transfers.cleanUp(operation, server);
        } catch (RookeryException e) {
            retry(operation, e);
        }
    }

    /** Asks a node for what it reports the outcome of. */
    private void ask(
            Operation operation,
            PanelServer server,
            BiConsumer<Operation, PanelServer> call,
            BiConsumer<Operation, String> fail) {
        if (operation.accepted()) {
            fail.accept(operation, "no node has reported the outcome");
            return;
        }
        try {
            call.accept(operation, server);
        } catch (RookeryException e) {
            retryOrFail(operation, e, fail);
            return;
        }
        store.operations().await(operation, clock.instant().plus(options.workPatience()));
    }

    private void work(Operation operation, Consumer<Operation> work, BiConsumer<Operation, String> fail) {
        try {
            work.accept(operation);
        } catch (RookeryException e) {
            retryOrFail(operation, e, fail);
        }
    }

    private void retryOrFail(Operation operation, RookeryException e, BiConsumer<Operation, String> fail) {
        boolean late = clock.instant().isAfter(operation.createdAt().plus(options.workPatience()));
        if (retryable(e, operation) && !late) {
            retry(operation, e);
        } else {
            LOG.warn("server {}: {} failed: {}", operation.server(), operation.kind(), reason(e));
            fail.accept(operation, reason(e));
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
        var tried = Operation.builder()
                .from(operation)
                .unanswered(operation.unanswered() || Reached.maybe(e))
                .build();
        store.operations().retry(tried, clock.instant().plus(pause), reason(e));
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
        return Texts.storable(
                Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
    }
}
