package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.permission.Permission;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.Offered;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does that makes and restores backups, and what it reports of them to its panel. */
public abstract class NodeBackupsContract extends ContractFixture {

    private final Map<BackupId, NodeServer> made = new LinkedHashMap<>();

    /** Creates the contract's instance of one test. */
    protected NodeBackupsContract() {}

    /** Passes the test over where there are no backups, or where the reports go to another panel. */
    @BeforeEach
    void requireBackups() {
        assumeOffered(Capability.BACKUPS);
        panel();
    }

    /** Removes the test's backups, which some nodes keep when the server goes. */
    @AfterEach
    void removeBackups() {
        made.forEach((id, server) -> {
            try {
                server.backups().delete(id);
            } catch (RookeryException ignored) {
                // The test has deleted it, or its server.
            }
        });
    }

    @Test
    void makesABackupAndReportsIt() {
        var server = installed();
        var console = new RecordingConsoleListener();
        var guest = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console);
                var looked = asUser(Permission.CONNECT).server(server.id()).console(ConsoleOptions.live(), guest)) {
            console.await(ConsoleEvent.Status.class, status -> true, SOON);
            guest.await(ConsoleEvent.Status.class, status -> true, SOON);

            var id = backup(server);

            assertThat(report(id).checksumType()).isEqualTo("sha1");
            assertThat(report(id).checksum()).matches("[0-9a-f]{40}");
            assertThat(report(id).sizeBytes()).isPositive();
            assertThat(report(id).parts()).isEmpty();
            console.await(
                    ConsoleEvent.BackupCompleted.class,
                    completed ->
                            completed.backup().equals(id) && completed.report().successful(),
                    SOON);
            assertThat(guest.events(ConsoleEvent.BackupCompleted.class)).isEmpty();
            assertThat(open.open() && looked.open()).isTrue();
        }
    }

    @Test
    void restoresABackupInPlaceOfEverything() {
        var server = installed();
        write(server.files(), "kept.txt", "as it was");
        var id = backup(server);
        write(server.files(), "kept.txt", "changed");
        write(server.files(), "later.txt", "new");

        server.backups().restore(id, RestoreRequest.local(true));

        awaitRestore(id);
        assertThat(panel().restores(id)).containsExactly(true);
        assertThat(read(server.files(), "kept.txt")).isEqualTo("as it was");
        assertThatThrownBy(() -> server.files().read("later.txt"))
                .isInstanceOfAny(NotFoundException.class, UnavailableException.class);
    }

    @Test
    void restoresABackupOverWhatIsThere() {
        var server = installed();
        write(server.files(), "kept.txt", "as it was");
        var id = backup(server);
        write(server.files(), "kept.txt", "changed");
        write(server.files(), "later.txt", "new");
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            console.await(ConsoleEvent.Status.class, status -> true, SOON);

            server.backups().restore(id, RestoreRequest.local(false));

            awaitRestore(id);
            if (strict()) {
                // A Go daemon cuts its consoles during a restoration.
                console.await(ConsoleEvent.RestoreCompleted.class, completed -> true, SOON);
                assertThat(open.open()).isTrue();
            }
        }
        assertThat(read(server.files(), "kept.txt")).isEqualTo("as it was");
        assertThat(read(server.files(), "later.txt")).isEqualTo("new");
    }

    @Test
    void leavesIgnoredFilesOut() {
        var server = installed();
        write(server.files(), "kept.txt", "kept");
        write(server.files(), "logs/latest.log", "a log");
        var id = BackupId.random();
        made.put(id, server);

        server.backups().create(new BackupRequest(id, BackupAdapter.WINGS, List.of("*.log")));

        awaitBackup(id);
        server.backups().restore(id, RestoreRequest.local(true));
        awaitRestore(id);
        assertThat(read(server.files(), "kept.txt")).isEqualTo("kept");
        assertThatThrownBy(() -> server.files().read("logs/latest.log"))
                .isInstanceOfAny(NotFoundException.class, UnavailableException.class);
    }

    @Test
    void givesABackupToRead() throws IOException, NoSuchAlgorithmException {
        var server = installed();
        var id = backup(server);

        byte[] bytes;
        try (var content = server.backups().read(id)) {
            bytes = content.stream().readAllBytes();
        }

        assertThat(bytes).hasSize((int) report(id).sizeBytes());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes)))
                .isEqualTo(report(id).checksum());
    }

    @Test
    void deletesABackup() {
        var server = installed();
        var id = backup(server);

        server.backups().delete(id);

        if (strict()) {
            assertThatThrownBy(() -> server.backups().delete(id)).isInstanceOf(NotFoundException.class);
        }
        // Calagopus' daemon deletes later, and takes the order for the same backup again and again.
        Eventually.holds(
                "no such backup",
                SOON,
                () -> catchThrowable(() -> server.backups().read(id)) != null);
    }

    @Test
    void deletesAllBackups() {
        var server = installed();
        var first = backup(server);
        var second = backup(server);

        var refusal = catchThrowable(() -> server.backups().deleteAll());
        Offered.assume(!(refusal instanceof NotOfferedException), "this node has no such call");

        assertThat(refusal).isNull();
        assertThatThrownBy(() -> server.backups().delete(first)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> server.backups().delete(second)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void restoresNothingThatIsMissing() {
        var server = installed();

        assertThatThrownBy(() -> server.backups().restore(BackupId.random(), RestoreRequest.local(false)))
                .isInstanceOfAny(
                        NotFoundException.class, strict() ? NotFoundException.class : UnavailableException.class);
    }

    @Test
    void uploadsABackupInPartsAndFetchesItAgain() throws IOException {
        var server = installed();
        write(server.files(), "kept.txt", "as it was");
        writeNoise(server, 150_000);
        try (var store = new ObjectStore()) {
            var id = BackupId.random();
            // Exactly as many parts as the archive needs, as a panel counts them; a Go daemon fills every one.
            panel().uploads(id, new BackupUpload(store.parts(2), 100_000, OptionalInt.empty()));

            server.backups().create(new BackupRequest(id, BackupAdapter.S3, List.of()));

            awaitBackup(id);
            assertThat(report(id).parts())
                    .hasSize(2)
                    .allMatch(part -> !part.etag().isEmpty());
            assertThat(store.content()).hasSize((int) report(id).sizeBytes());
            write(server.files(), "kept.txt", "changed");
            restoreFrom(server, id, store);
        }
    }

    /** Writes what no archive makes smaller. */
    private static void writeNoise(NodeServer server, int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        server.files().write("noise.bin", Content.of(noise));
    }

    private void restoreFrom(NodeServer server, BackupId id, ObjectStore store) {
        var refusal = catchThrowable(() -> server.backups()
                .restore(id, new RestoreRequest(BackupAdapter.S3, false, Optional.of(store.archive()))));
        if (refusal != null) {
            // The store is on the loopback interface, which a node may refuse to fetch from.
            assertThat(refusal).isInstanceOf(InvalidInputException.class);
            return;
        }
        awaitRestore(id);
        assertThat(read(server.files(), "kept.txt")).isEqualTo("as it was");
    }

    @Test
    void doesNothingForACallerWithoutThePermission() {
        var server = installed();
        var id = backup(server);
        var guest = asUser(Permission.CONNECT).server(server.id()).backups();

        assertThatThrownBy(() -> guest.create(new BackupRequest(BackupId.random(), BackupAdapter.WINGS, List.of())))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.restore(id, RestoreRequest.local(false))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.delete(id)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.read(id)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(guest::deleteAll).isInstanceOfAny(DeniedException.class, NotOfferedException.class);
        assertThat(server.files().list("/")).extracting(FileEntry::name).isNotNull();
    }

    private BackupId backup(NodeServer server) {
        var id = BackupId.random();
        made.put(id, server);
        server.backups().create(new BackupRequest(id, BackupAdapter.WINGS, List.of()));
        awaitBackup(id);
        return id;
    }

    private BackupReport report(BackupId id) {
        return panel().backups(id).get(0);
    }

    private void awaitBackup(BackupId id) {
        Eventually.holds("a backup report", LATER, () -> !panel().backups(id).isEmpty());
        assertThat(report(id).successful()).isTrue();
    }

    private void awaitRestore(BackupId id) {
        Eventually.holds("a restore report", LATER, () -> !panel().restores(id).isEmpty());
    }
}
