package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Known attacks on the files of daemons, by the ids that they were published under. */
class FileAttackTest {

    @TempDir
    Path folder;

    private Path root;
    private Path outside;
    private ServerFiles files;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        outside = Files.createDirectory(folder.resolve("host"));
        Files.writeString(outside.resolve("passwd"), "host");
        Files.setPosixFilePermissions(outside.resolve("passwd"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(root.resolve("etc"), outside);
        Files.createSymbolicLink(root.resolve("passwd"), outside.resolve("passwd"));
        Files.writeString(root.resolve("mine.txt"), "mine");
        files = files(List.of());
    }

    /** GHSA-rhq6: the mode of a file outside was changed through a link. */
    @Test
    void ghsaRhq6ChangesNoModeOutside() {
        for (var path : List.of("passwd", "etc/passwd", "etc")) {
            refused(() -> files.chmod("/", List.of(new FileModeChange(path, new FileMode(0777)))));
        }
    }

    /** CVE-2024-27102 (GHSA-494h): links were exchanged between a look and a use; here they are there all the time, for every verb. */
    @Test
    void cve202427102ReadsAndWritesNothingOutside() {
        refused(() -> files.read("etc/passwd").close());
        refused(() -> files.read("passwd").close());
        refused(() -> files.write("etc/passwd", content("x")));
        refused(() -> files.write("etc/new", content("x")));
        refused(() -> files.write("passwd", content("x")));
        refused(() -> files.list("etc"));
        refused(() -> files.copy("etc/passwd"));
        refused(() -> files.copy("passwd"));
        refused(() -> files.createDirectory("etc/new"));
        refused(() -> files.search(new FileSearch("etc", "passwd")));
        assertThat(files.search(new FileSearch("/", "passwd")))
                .extracting(FileEntry::name)
                .containsExactly("passwd");
    }

    /** CVE-2023-25168 and CVE-2023-25152: files outside were deleted and created through links. */
    @Test
    void cve202325168And25152DeletesAndCreatesNothingOutside() {
        refused(() -> files.delete("/", List.of("etc/passwd")));
        refused(() -> files.rename("/", List.of(new FileRename("etc/passwd", "stolen"))));
        refused(() -> files.rename("/", List.of(new FileRename("mine.txt", "etc/planted"))));
        files.delete("/", List.of("etc", "passwd"));
        assertThat(root.resolve("etc")).doesNotExist();
        assertThat(outside.resolve("passwd")).exists();
    }

    @Test
    void movesALinkAndNotWhatItLeadsTo() {
        files.rename("/", List.of(new FileRename("etc", "deep/renamed")));
        assertThat(root.resolve("deep/renamed")).isSymbolicLink();
        assertThat(outside.resolve("passwd")).hasContent("host");
    }

    /** What keeps a thread waiting keeps a node waiting, once there are enough of it. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForNoPipe() throws Exception {
        new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor();
        assertThatThrownBy(() -> files.read("pipe").close()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> files.write("pipe", content("x"))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> files.copy("pipe")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> files.chmod("/", List.of(new FileModeChange("pipe", new FileMode(0600)))))
                .isInstanceOf(InvalidInputException.class);
        assertThat(files.list("/"))
                .filteredOn(entry -> entry.name().equals("pipe"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.mode()).startsWith("p"))
                .satisfies(entry -> assertThat(entry.mime()).isEqualTo("application/octet-stream"));
        files.rename("/", List.of(new FileRename("pipe", "moved")));
        files.delete("/", List.of("moved"));
        assertThat(root.resolve("moved")).doesNotExist();
    }

    /** The Go daemons match the path as it was written: another spelling of it gets by. */
    @Test
    void deniesAFileUnderAnyOfItsNames() throws IOException {
        Files.createDirectories(root.resolve("conf"));
        Files.writeString(root.resolve("conf/secret.yml"), "secret");
        Files.createSymbolicLink(root.resolve("alias"), Path.of("conf"));
        Files.createSymbolicLink(root.resolve("other.yml"), Path.of("conf/secret.yml"));
        var guarded = files(List.of("/conf/secret.yml"));
        for (var path : List.of(
                "conf/secret.yml",
                "./conf/secret.yml",
                "//conf//secret.yml",
                "conf/x/../secret.yml",
                "alias/secret.yml",
                "other.yml")) {
            denied(() -> guarded.read(path).close(), path);
            denied(() -> guarded.write(path, content("x")), path);
            denied(() -> guarded.copy(path), path);
            denied(() -> guarded.chmod("/", List.of(new FileModeChange(path, new FileMode(0777)))), path);
        }
        denied(() -> guarded.rename("/", List.of(new FileRename("alias/secret.yml", "free.yml"))), "from");
        denied(() -> guarded.rename("conf", List.of(new FileRename("../mine.txt", "secret.yml"))), "to");
        guarded.delete("/", List.of("alias/secret.yml", "conf"));
        assertThat(root.resolve("conf/secret.yml")).hasContent("secret");
    }

    @Test
    void deniesWhatADirectoryHoldsWhereItIsAndWhereItIsMovedTo() throws IOException {
        Files.createDirectories(root.resolve("conf"));
        Files.writeString(root.resolve("conf/secret.yml"), "secret");
        Files.createDirectories(root.resolve("new"));
        Files.writeString(root.resolve("new/secret.yml"), "mine");
        Files.createDirectory(root.resolve("mods"));
        var guarded = files(List.of("/conf/secret.yml", "/plugins/"));
        denied(() -> guarded.rename("/", List.of(new FileRename("conf", "free"))), "away");
        Files.move(root.resolve("conf"), root.resolve("old"));
        denied(() -> guarded.rename("/", List.of(new FileRename("new", "conf"))), "there");
        denied(() -> guarded.rename("/", List.of(new FileRename("mods", "plugins"))), "plugins");
        denied(() -> guarded.createDirectory("plugins/new"), "created");
        denied(() -> guarded.write("plugins/new/file", content("x")), "written");
        assertThat(root.resolve("plugins")).doesNotExist();
        guarded.rename("/", List.of(new FileRename("mods", "other")));
        assertThat(root.resolve("other")).isDirectory();
    }

    @Test
    void createsNothingForWhomItWouldRefuse() {
        var editor = new Caller.User(
                UUID.randomUUID(),
                Permissions.of(Permission.FILE_UPDATE),
                "127.0.0.1",
                Instant.now().plusSeconds(600));
        var volume =
                new Volume(root, Denylist.of(List.of()), unchecked(() -> Ownership.of(root)), DiskSpace.unlimited());
        var edited = new ServerFiles(editor, Clock.systemUTC(), CancelSignal.create(), () -> volume);
        assertThatThrownBy(() -> edited.write("new/directory/file", content("x")))
                .isInstanceOf(DeniedException.class);
        assertThat(root.resolve("new")).doesNotExist();
    }

    /** CVE-2026-52857: a configuration file was read into memory, however large it was. */
    @Test
    void cve202652857ReadsNoConfigurationFileThatIsTooLarge() throws IOException {
        try (var file = new RandomAccessFile(root.resolve("server.properties").toFile(), "rw")) {
            file.setLength(1L << 38);
        }
        assertThatThrownBy(() -> ownFiles().read("server.properties", 1 << 20))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void editsNoConfigurationFileOutside() {
        for (var path : List.of("passwd", "etc/passwd", "../host/passwd")) {
            refused(() -> ownFiles().read(path, 1 << 20));
            refused(() -> ownFiles().write(path, new byte[] {1}));
        }
        refused(() -> ownFiles().write("etc/planted", new byte[] {1}));
    }

    @Test
    void refusesNamesThatNoFileCanHave() {
        for (var name : List.of("\ud800", "a\0b", "x".repeat(300))) {
            assertThatThrownBy(() -> files.copy(name)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> files.write(name, content("x"))).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void replacesNothingAndMovesNothingIntoItself() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("free.txt"), "other");
        assertThatThrownBy(() -> files.rename("/", List.of(new FileRename("a", "a/b/c"))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> files.rename("/", List.of(new FileRename("mine.txt", "free.txt"))))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> files.delete("/", List.of("."))).isInstanceOf(InvalidInputException.class);
        assertThat(root.resolve("free.txt")).hasContent("other");
    }

    private void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class);
        assertThat(outside.resolve("passwd")).hasContent("host");
        assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("passwd"));
        assertThat(mode(outside.resolve("passwd"))).isEqualTo("rw-------");
    }

    private static void denied(ThrowingCallable call, String path) {
        assertThatThrownBy(call).as(path).isInstanceOf(DeniedException.class).hasMessageContaining("denylist");
    }

    private static String mode(Path path) {
        return unchecked(() -> PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    private static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private OwnFiles ownFiles() {
        return new OwnFiles(
                new Volume(root, Denylist.of(List.of()), unchecked(() -> Ownership.of(root)), DiskSpace.unlimited()));
    }

    private ServerFiles files(List<String> denylist) {
        var volume =
                new Volume(root, Denylist.of(denylist), unchecked(() -> Ownership.of(root)), DiskSpace.unlimited());
        return new ServerFiles(Caller.panel(), Clock.systemUTC(), CancelSignal.create(), () -> volume);
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
