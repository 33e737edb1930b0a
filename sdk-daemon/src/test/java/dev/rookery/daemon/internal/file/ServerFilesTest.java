package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ServerFilesTest {

    @TempDir
    Path folder;

    private Path root;
    private ServerFiles files;
    private List<String> denied = List.of();

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        files = files(Caller.panel());
    }

    @Test
    void writesAndReads() throws IOException {
        files.write("/config/server.properties", content("port=1\n"));
        assertThat(read("config/server.properties")).isEqualTo("port=1\n");
        files.write("config//./server.properties", content("port=2\n"));
        assertThat(read("config/server.properties")).isEqualTo("port=2\n");
        assertThat(Files.getAttribute(root.resolve("config"), "unix:uid")).isEqualTo(uid());
        try (var left = Files.list(root.resolve("config"))) {
            assertThat(left).hasSize(1);
        }
    }

    /** What the server can see it can exchange for something else, and so it does not see what is unfinished. */
    @Test
    void growsWhereTheServerDoesNotSeeIt() throws IOException {
        var seen = new ArrayList<String>();
        var looking = new ByteArrayInputStream("new".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                files.list("/").forEach(entry -> seen.add(entry.name()));
                return super.read(buffer, offset, length);
            }
        };
        files.write("open.txt", Content.of(looking, OptionalLong.empty()));
        assertThat(seen).isEmpty();
        assertThat(read("open.txt")).isEqualTo("new");
    }

    @Test
    void keepsTheModeOfAReplacedFile() throws IOException {
        var script = Files.writeString(root.resolve("run.sh"), "old");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        files.write("run.sh", content("new"));
        assertThat(read("run.sh")).isEqualTo("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void refusesPathsThatLeaveTheRoot() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        for (var path : new String[] {"../secret", "a/../../secret", "link", "up/secret", "", "/", "a\0b"}) {
            assertThatThrownBy(() -> files.read(path).close()).as(path).isInstanceOf(InvalidInputException.class);
        }
        for (var path : new String[] {"../new", "link", "up/new"}) {
            assertThatThrownBy(() -> files.write(path, content("x")))
                    .as(path)
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(Files.readString(folder.resolve("secret"))).isEqualTo("secret");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void neverWaitsForAFifo() throws Exception {
        new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor();
        assertThatThrownBy(() -> files.read("pipe").close()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> files.write("pipe", content("x"))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void keepsTheOldFileWhenTheContentBreaksOff() throws IOException {
        files.write("world", content("old"));
        var broken = Content.of(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("broken");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw new IOException("broken");
                    }
                },
                OptionalLong.empty());
        assertThatThrownBy(() -> files.write("world", broken)).isInstanceOf(UnavailableException.class);
        var tooShort = Content.of(new ByteArrayInputStream(new byte[3]), OptionalLong.of(10));
        assertThatThrownBy(() -> files.write("world", tooShort)).isInstanceOf(UnavailableException.class);
        assertThat(read("world")).isEqualTo("old");
        try (var left = Files.list(root)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void saysWhatIsMissingOrIsNoFile() throws IOException {
        Files.createDirectory(root.resolve("directory"));
        assertThatThrownBy(() -> files.read("absent").close()).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> files.read("absent/deep").close()).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> files.read("directory").close()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> files.write("directory", content("x"))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void checksPermissions() throws IOException {
        var creator = files(user(Permission.FILE_CREATE));
        creator.write("new", content("x"));
        assertThatThrownBy(() -> creator.write("new", content("y"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> creator.read("new").close()).isInstanceOf(DeniedException.class);
        var editor = files(user(Permission.FILE_UPDATE));
        editor.write("new", content("z"));
        assertThatThrownBy(() -> editor.write("newer", content("y"))).isInstanceOf(DeniedException.class);
        assertThat(read("new")).isEqualTo("z");
    }

    private ServerFiles files(Caller caller) {
        var volume = new Volume(root, Denylist.of(denied), Ownership.of(uid(), gid()), DiskSpace.unlimited());
        return new ServerFiles(caller, Clock.systemUTC(), CancelSignal.create(), () -> volume);
    }

    /** Only root may give files away. */
    private int uid() {
        return "root".equals(System.getProperty("user.name")) ? 988 : attribute("unix:uid");
    }

    private int gid() {
        return "root".equals(System.getProperty("user.name")) ? 988 : attribute("unix:gid");
    }

    private int attribute(String name) {
        try {
            return (int) Files.getAttribute(folder, name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Caller user(Permission permission) {
        return new Caller.User(
                UUID.randomUUID(),
                Permissions.of(permission),
                "127.0.0.1",
                Instant.now().plusSeconds(600));
    }

    private String read(String path) throws IOException {
        try (var content = files.read(path)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
