package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.daemon.UploadOptions;
import dev.rookery.daemon.internal.http.MutableClock;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerUploadsTest {

    private static final int LIMIT = 1000;

    @TempDir
    Path folder;

    private final ServerId server = ServerId.random();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final UploadOptions options =
            UploadOptions.builder().perServer(3).perNode(4).build();
    private Path root;
    private DaemonStore store;
    private DiskSpace space;
    private Uploads registry;
    private List<String> denied = List.of();

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(folder.resolve("volume"));
        start();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void claimsTheSpaceOfTheWholeAtOnce() {
        var begun = uploads().begin("a.bin", 600);
        assertThat(space.freeBytes()).isEqualTo(400);
        assertThatThrownBy(() -> uploads().begin("b.bin", 401))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("disk space");
        uploads().append(begun.id(), 0, bytes(250));
        assertThat(space.freeBytes()).isEqualTo(400);
        assertThat(space.usedBytes()).isEqualTo(250);
        uploads().append(begun.id(), 250, bytes(350));
        assertThat(space.usedBytes()).isEqualTo(600);
        assertThat(space.freeBytes()).isEqualTo(400);
    }

    @Test
    void givesTheSpaceOfAReplacedFileBack() throws IOException {
        Files.write(root.resolve("a.bin"), new byte[300]);
        space.count().done(300);
        var begun = uploads().begin("a.bin", 100);
        uploads().append(begun.id(), 0, bytes(100));
        assertThat(space.usedBytes()).isEqualTo(100);
        assertThat(space.freeBytes()).isEqualTo(900);
    }

    @Test
    void aPartThatTheServerOrAUserHasRemovedIsGivenBackOnce() throws IOException {
        Files.write(root.resolve("other"), new byte[400]);
        space.count().done(400);
        var begun = uploads().begin("a.bin", 300);
        uploads().append(begun.id(), 0, bytes(200));
        new ServerFiles(Caller.panel(), clock, CancelSignal.create(), this::volume)
                .delete("/", List.of(hidden().get(0).getFileName().toString()));
        assertThat(space.usedBytes()).isEqualTo(400);
        uploads().cancel(begun.id());
        assertThat(space.usedBytes()).isEqualTo(400);
        assertThat(space.freeBytes()).isEqualTo(600);
    }

    @Test
    void aReplacedFileWithAnotherNameStaysCounted() throws IOException {
        Files.write(root.resolve("a.bin"), new byte[300]);
        Files.createLink(root.resolve("same.bin"), root.resolve("a.bin"));
        space.count().done(300);
        var begun = uploads().begin("a.bin", 100);
        uploads().append(begun.id(), 0, bytes(100));
        assertThat(space.usedBytes()).isEqualTo(400);
    }

    @Test
    void remembersWhatItWouldReplaceOverTheEndOfTheNode() throws IOException {
        Files.writeString(root.resolve("motd.txt"), "old");
        var replaced = uploads().begin("motd.txt", 4);
        uploads().append(replaced.id(), 0, text("new"));
        restart();
        assertThat(uploads().append(replaced.id(), 3, text("!")).complete()).isTrue();
        var refused = uploads().begin("motd.txt", 4);
        uploads().append(refused.id(), 0, text("new"));
        restart();
        Files.writeString(root.resolve("motd.txt"), "by the server");
        assertThatThrownBy(() -> uploads().append(refused.id(), 3, text("?")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("motd.txt");
        assertThat(root.resolve("motd.txt")).hasContent("by the server");
        assertThat(uploads().append(refused.id(), 3, text("?"), true).complete())
                .isTrue();
        assertThat(root.resolve("motd.txt")).hasContent("new?");
    }

    @Test
    void aServersStartThatSetsOwnersAnewChangesNoContent() throws IOException {
        Files.writeString(root.resolve("motd.txt"), "old");
        var begun = uploads().begin("motd.txt", 3);
        Files.setPosixFilePermissions(root.resolve("motd.txt"), PosixFilePermissions.fromString("rw-------"));
        assertThat(uploads().append(begun.id(), 0, text("new")).complete()).isTrue();
    }

    @Test
    void doneUploadsAreNotRememberedWithoutEnd() {
        var first = uploads().begin("0.txt", 0);
        for (int i = 1; i < 20; i++) {
            uploads().begin(i + ".txt", 0);
        }
        assertThat(store.uploads().all()).hasSizeLessThanOrEqualTo(4);
        assertThatThrownBy(() -> uploads().get(first.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void goesOnAfterTheNodeHasEnded() throws IOException {
        var begun = uploads().begin("dir/a.bin", 500);
        uploads().append(begun.id(), 0, bytes(200));
        restart();
        assertThat(space.freeBytes()).isEqualTo(500);
        assertThat(uploads().get(begun.id()).offsetBytes()).isEqualTo(200);
        assertThat(uploads().append(begun.id(), 200, bytes(300)).complete()).isTrue();
        assertThat(root.resolve("dir/a.bin")).hasSize(500);
        assertThat(hidden()).isEmpty();
        restart();
        assertThat(uploads().get(begun.id()).complete()).isTrue();
    }

    /** All bytes are there, and the node ended before, or after, the file went to its place. */
    @Test
    void isWholeOnlyOnceItIsInItsPlace() throws IOException {
        var before = uploads().begin("before.bin", 5);
        uploads().append(before.id(), 0, text("0123"));
        Files.writeString(hidden().get(0), "01234");
        store.uploads().advance(before.id(), 5, false, clock.instant().plusSeconds(60));
        restart();
        assertThat(uploads().get(before.id()).offsetBytes()).isEqualTo(4);
        assertThat(uploads().append(before.id(), 4, text("4")).complete()).isTrue();
        assertThat(root.resolve("before.bin")).hasContent("01234");

        store.uploads().advance(before.id(), 5, false, clock.instant().plusSeconds(60));
        restart();
        assertThat(uploads().get(before.id()).complete()).isTrue();
    }

    @Test
    void givesUpWhatNobodyAddsTo() throws IOException {
        var kept = uploads().begin("kept.bin", 100);
        uploads().begin("old.bin", 100);
        clock.advance(Duration.ofHours(23));
        uploads().append(kept.id(), 0, bytes(50));
        clock.advance(Duration.ofHours(2));
        registry.expire();
        assertThat(uploads().get(kept.id()).offsetBytes()).isEqualTo(50);
        assertThat(hidden()).hasSize(1);
        assertThat(space.freeBytes()).isEqualTo(900);
        clock.advance(Duration.ofHours(24));
        registry.expire();
        assertThat(hidden()).isEmpty();
        assertThat(space.freeBytes()).isEqualTo(1000);
        restart();
        assertThatThrownBy(() -> uploads().get(kept.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void keepsToItsLimits() {
        for (int i = 0; i < 3; i++) {
            uploads().begin("file" + i, 1);
        }
        assertThatThrownBy(() -> uploads().begin("file3", 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 of a server");
        assertThat(space.freeBytes()).isEqualTo(997);
        var other = ServerId.random();
        uploads(other, Caller.panel()).begin("file", 1);
        assertThatThrownBy(() -> uploads(other, Caller.panel()).begin("file", 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("4 of a node");
    }

    @Test
    void judgesTheDenylistAtTheBeginningAndAtTheEnd() throws IOException {
        denied = List.of("secret*");
        assertThatThrownBy(() -> uploads().begin("secret.txt", 1)).isInstanceOf(DeniedException.class);
        var begun = uploads().begin("dir/later.txt", 1);
        Files.createDirectory(root.resolve("secrets"));
        Files.createSymbolicLink(root.resolve("dir"), Path.of("secrets"));
        assertThatThrownBy(() -> uploads().append(begun.id(), 0, bytes(1))).isInstanceOf(DeniedException.class);
        assertThat(root.resolve("secrets")).isEmptyDirectory();
        assertThat(uploads().get(begun.id()).complete()).isFalse();
    }

    /** The server may do to the hidden file what it does to its own, but nothing outside is reached by that. */
    @Test
    void leadsNowhereWhenTheHiddenFileIsExchanged() throws IOException {
        var outside = Files.writeString(folder.resolve("outside"), "host");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
        var begun = uploads().begin("a.bin", 10);
        uploads().append(begun.id(), 0, text("01234"));
        var hidden = hidden().get(0);
        Files.delete(hidden);
        Files.createSymbolicLink(hidden, outside);
        assertThatThrownBy(() -> uploads().append(begun.id(), 5, text("56789")))
                .isInstanceOf(InvalidInputException.class);
        assertThat(outside).hasContent("host");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)))
                .isEqualTo("rw-------");
        Files.delete(hidden);
        assertThatThrownBy(() -> uploads().append(begun.id(), 5, text("56789"))).isInstanceOf(NotFoundException.class);
        // What the server removed by itself is found out by a count.
        space.count().done(0);
        assertThat(space.freeBytes()).isEqualTo(1000);
    }

    @Test
    void takesOnePieceAtATime() {
        var begun = uploads().begin("a.bin", 10);
        var during = new ByteArrayInputStream("01234".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                assertThatThrownBy(() -> uploads().append(begun.id(), 0, text("x")))
                        .isInstanceOf(ConflictException.class);
                return super.read(buffer, offset, length);
            }
        };
        uploads().append(begun.id(), 0, Content.of(during, OptionalLong.empty()));
        assertThat(uploads().get(begun.id()).offsetBytes()).isEqualTo(5);
    }

    @Test
    void endsAPieceWhoseUploadIsGivenUp() throws IOException {
        var begun = uploads().begin("a.bin", 10);
        var during = new ByteArrayInputStream("0123456789".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                uploads().cancel(begun.id());
                return super.read(buffer, offset, Math.min(2, length));
            }
        };
        uploads().append(begun.id(), 0, Content.of(during, OptionalLong.empty()));
        assertThat(hidden()).isEmpty();
        assertThat(root.resolve("a.bin")).doesNotExist();
        assertThat(space.freeBytes()).isEqualTo(1000);
    }

    @Test
    void showsAUserNobodyElsesUploads() {
        var own = uploads(server, user()).begin("a.bin", 1);
        var stranger = uploads(server, user());
        assertThatThrownBy(() -> stranger.get(own.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> stranger.append(own.id(), 0, bytes(1))).isInstanceOf(NotFoundException.class);
        stranger.cancel(own.id());
        assertThat(uploads().get(own.id()).offsetBytes()).isZero();
        assertThatThrownBy(() -> uploads(ServerId.random(), Caller.panel()).get(own.id()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void forgetsTheUploadsOfAServerThatIsDeleted() throws IOException {
        uploads().begin("a.bin", 1);
        registry.forget(server);
        assertThat(hidden()).isEmpty();
        assertThat(store.uploads().all()).isEmpty();
    }

    private void start() {
        store = DaemonStore.open(folder);
        space = new DiskSpace(() -> LIMIT);
        registry = new Uploads(store.uploads(), options, clock);
        registry.takeUp(id -> Optional.of(volume()));
    }

    private void restart() {
        store.close();
        start();
        space.count()
                .done(files(root).stream().mapToLong(ServerUploadsTest::size).sum());
    }

    private Volume volume() {
        return new Volume(root, Denylist.of(denied), owner(), space);
    }

    private Ownership owner() {
        try {
            return Ownership.of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerUploads uploads() {
        return uploads(server, Caller.panel());
    }

    private ServerUploads uploads(ServerId of, Caller caller) {
        return new ServerUploads(of, caller, clock, registry, this::volume);
    }

    private Caller user() {
        return new Caller.User(
                UUID.randomUUID(),
                Permissions.of(Permission.FILE_CREATE),
                "",
                clock.instant().plusSeconds(60));
    }

    private List<Path> hidden() {
        return files(root).stream()
                .filter(path -> path.getFileName().toString().endsWith(".part"))
                .toList();
    }

    private static List<Path> files(Path directory) {
        try (var all = Files.walk(directory)) {
            return all.filter(path -> !Files.isDirectory(path)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Content bytes(int count) {
        return Content.of(new byte[count]);
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
