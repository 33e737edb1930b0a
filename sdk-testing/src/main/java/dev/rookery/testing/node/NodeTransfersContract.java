package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.transfer.IncomingTransfer;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.api.transfer.TransferStatus;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.panel.FakePanel;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How servers move from node to node. {@link #subject()} is where they are, {@link #destination()} where they go. */
public abstract class NodeTransfersContract extends ContractFixture {

    private final ServerId id = ServerId.random();

    /** Creates the contract's instance of one test. */
    protected NodeTransfersContract() {}

    /** Returns a second node of the same kind, the same one for the whole test. */
    protected abstract ContractNode destination();

    /** Returns the request to move a server to {@link #destination()}. */
    protected abstract TransferRequest request(ServerId server, List<BackupId> backups);

    /** Passes the test over where servers do not move. */
    @BeforeEach
    void requireTransfers() {
        assumeOffered(Capability.TRANSFERS);
        panel();
    }

    /** Removes what has arrived. */
    @AfterEach
    void removeArrived() {
        for (var node : List.of(subject().node(), destination().node())) {
            try {
                node.server(id).delete();
            } catch (NotFoundException ignored) {
                // It never got there.
            }
        }
    }

    @Test
    void movesAServerWithItsFiles() {
        var server = source();
        write(server.files(), "world/level.txt", "the world");
        expected();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            console.await(ConsoleEvent.Status.class, status -> true, SOON);

            server.transfer(request(id, List.of()));

            awaitTransfer(arrivals());
            assertThat(arrivals().transfers(id)).contains(true);
            console.await(
                    ConsoleEvent.TransferChanged.class,
                    changed -> changed.status().equals(TransferStatus.PROCESSING),
                    SOON);
            assertThat(open).isNotNull();
        }
        assertThat(read(destination().node().server(id).files(), "world/level.txt"))
                .isEqualTo("the world");
    }

    @Test
    void takesBackupsAlong() throws IOException {
        var server = source();
        var backup = BackupId.random();
        server.backups().create(new BackupRequest(backup, BackupAdapter.WINGS, List.of()));
        Eventually.holds(
                "a backup report", LATER, () -> !panel().backups(backup).isEmpty());
        expected();

        server.transfer(request(id, List.of(backup)));

        awaitTransfer(arrivals());
        assertThat(arrivals().transfers(id)).contains(true);
        if (strict()) {
            // Pterodactyl's daemon moves none.
            try (var content = destination().node().server(id).backups().read(backup)) {
                assertThat(content.stream().readAllBytes())
                        .hasSize((int) panel().backups(backup).get(0).sizeBytes());
            }
        }
    }

    @Test
    void reportsATransferThatFails() {
        var server = source();

        server.transfer(new TransferRequest(
                URI.create("http://127.0.0.1:1/api/transfers"),
                request(id, List.of()).token(),
                List.of()));

        awaitTransfer(panel());
        assertThat(panel().transfers(id)).contains(false).doesNotContain(true);
        assertThat(server.details().configuration().uuid()).isEqualTo(id);
    }

    @Test
    void endsNoTransferWhereThereIsNone() {
        var server = source();

        assertThatThrownBy(server::cancelTransfer).isInstanceOf(ConflictException.class);
    }

    @Test
    void receivesAServerFromAnywhere() throws IOException {
        var server = source();
        write(server.files(), "a.txt", "from anywhere");
        var archive = server.files().compress(CompressRequest.of("/", List.of("a.txt")));
        byte[] bytes;
        try (var content = server.files().read(archive.name())) {
            bytes = content.stream().readAllBytes();
        }
        expected();

        destination()
                .node()
                .transfers()
                .receive(IncomingTransfer.builder(id, Content.of(bytes)).build());

        awaitTransfer(arrivals());
        assertThat(read(destination().node().server(id).files(), "a.txt")).isEqualTo("from anywhere");
    }

    private NodeServer source() {
        return subject().install(id);
    }

    private void expected() {
        arrivals().put(ContractServer.configuration(id, false), ContractServer.install());
    }

    private FakePanel arrivals() {
        return destination().panel().orElseThrow();
    }

    private void awaitTransfer(FakePanel told) {
        Eventually.holds("a transfer report", LATER, () -> !told.transfers(id).isEmpty());
    }
}
