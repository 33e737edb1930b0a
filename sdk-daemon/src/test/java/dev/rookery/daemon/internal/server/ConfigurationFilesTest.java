package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Json;
import dev.rookery.api.egg.Placeholders;
import dev.rookery.api.panel.ProcessConfiguration.ConfigFile;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import dev.rookery.daemon.SmallDisk;
import dev.rookery.daemon.internal.file.Denylist;
import dev.rookery.daemon.internal.file.DiskSpace;
import dev.rookery.daemon.internal.file.OwnFiles;
import dev.rookery.daemon.internal.file.Ownership;
import dev.rookery.daemon.internal.file.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files in a real directory. */
class ConfigurationFilesTest {

    @TempDir
    Path folder;

    private final List<String> console = new ArrayList<>();
    private Path root;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
    }

    @Test
    void editsWhatIsThereAndKeepsModeAndComments() throws IOException {
        var file = Files.writeString(root.resolve("server.properties"), "# mine\nserver-port = 1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        edit(config("/server.properties", "properties", "server-port", "25565"));

        assertThat(file).hasContent("# mine\nserver-port = 25565\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(console).isEmpty();
        try (var left = Files.list(root)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    @Tag("root")
    @Tag("faults")
    void leavesTheOldFileOnAFullDiskAndSaysWhy() throws IOException {
        try (var disk = SmallDisk.mount(folder, 16)) {
            root = Files.createDirectory(disk.directory().resolve("volume"));
            var old = "# mine\n" + "a=0\n".repeat(5_000) + "server-port = 1\n";
            var file = Files.writeString(root.resolve("server.properties"), old);
            disk.fill();

            edit(config("server.properties", "properties", "server-port", "25565"));
            edit(config("new.properties", "properties", "a", "b".repeat(5_000)));

            assertThat(file).hasContent(old);
            assertThat(root.toFile().list()).containsExactly("server.properties");
            assertThat(console)
                    .hasSize(2)
                    .allMatch(line ->
                            line.endsWith("cannot be edited, it stays as it is: there is not enough disk space"));
            disk.free();
            edit(config("server.properties", "properties", "server-port", "25565"));
            assertThat(file).content().contains("server-port = 25565");
        }
    }

    @Test
    void leavesAFileAloneThatHoldsNothingButAComment() throws IOException {
        var file = Files.writeString(root.resolve("a.json"), "// generated\n");

        edit(config("a.json", "json", "a", "1"));

        assertThat(file).hasContent("// generated\n");
        assertThat(console)
                .containsExactly(
                        "a.json cannot be edited, it stays as it is: nothing but comments (expected: a JSON value)");
    }

    @Test
    void aFileThatAnEditorFailsAtKeepsTheNextFromNothing() throws IOException {
        Files.writeString(root.resolve("long.toml"), "k = 1" + "_1".repeat(500_000) + "\n");
        var next = Files.writeString(root.resolve("next.properties"), "a=0\n");

        edit(config("long.toml", "toml", "k", "2"), config("next.properties", "properties", "a", "1"));

        assertThat(next).hasContent("a=1\n");
    }

    @Test
    void leavesAFileAloneThatSaysItAlready() throws IOException {
        var file = Files.writeString(root.resolve("a.yml"), "a: 1\n");
        var before = Files.readAttributes(file, "unix:ino");

        edit(config("a.yml", "yml", "a", "1"));

        assertThat(Files.readAttributes(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void createsMissingFilesWithTheirDirectoriesUnlessToldNotTo() throws IOException {
        edit(
                config("./a b/c/new.ini", "ini", "S.k", "v"),
                new ConfigFile("no.ini", "ini", replace("S.k", "v"), Optional.of(false)),
                new ConfigFile(
                        "neither.ini",
                        "ini",
                        replace("S.k", "v"),
                        Optional.empty(),
                        Map.of("create_new", new Json.Bool(false))),
                config("nothing.cfg", "file", "x", "y"));

        assertThat(root.resolve("a b/c/new.ini")).hasContent("[S]\nk=v\n");
        try (var left = Files.list(root)) {
            assertThat(left).containsExactly(root.resolve("a b"));
        }
    }

    @Test
    void aBrokenFileStaysAndIsSaid() throws IOException {
        Files.writeString(root.resolve("broken.json"), "{\n \"a\": secret");
        Files.writeString(root.resolve("good.json"), "{\"a\": {}}");

        edit(
                config("broken.json", "json", "a", "1"),
                config("good.json", "json", "a.b", "2"),
                config("odd.lua", "lua", "a", "1"),
                config("../outside.json", "json", "a", "1"));

        assertThat(root.resolve("broken.json")).hasContent("{\n \"a\": secret");
        assertThat(root.resolve("good.json")).hasContent("{\"a\": {\"b\": \"2\"}}");
        assertThat(folder.resolve("outside.json")).doesNotExist();
        assertThat(console).hasSize(3);
        assertThat(console.get(0)).startsWith("broken.json cannot be edited, it stays as it is: line 2, column");
        assertThat(console.get(1)).contains("odd.lua", "(expected: file, properties");
        assertThat(console).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void neverFollowsALinkOut() throws IOException {
        var outside = Files.writeString(folder.resolve("outside.properties"), "a=1\n");
        var directory = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("link.properties"), outside);
        Files.createSymbolicLink(root.resolve("dir"), directory);

        edit(config("link.properties", "properties", "a", "2"), config("dir/x.properties", "properties", "a", "2"));

        assertThat(outside).hasContent("a=1\n");
        assertThat(directory).isEmptyDirectory();
        assertThat(Files.isSymbolicLink(root.resolve("link.properties"))).isTrue();
        assertThat(console).hasSize(2);
    }

    @Test
    void neitherADirectoryNorAPipeHoldsAStart() throws Exception {
        Files.createDirectory(root.resolve("dir.yml"));
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe.yml").toString())
                        .start()
                        .waitFor())
                .isZero();

        edit(config("dir.yml", "yaml", "a", "1"), config("pipe.yml", "yaml", "a", "1"));

        assertThat(console).hasSize(2);
    }

    @Test
    void namesAndValuesMayHoldPlaceholders() throws IOException {
        edit(
                config("cfg/{{SERVER_PORT}}/a.yml", "yaml", "host", "{{config.docker.interface}}:1"),
                config("b.properties", "properties", "token", "{{config.token}}"));

        assertThat(root.resolve("cfg/7777/a.yml")).hasContent("host: 172.18.0.1:1\n");
        assertThat(root.resolve("b.properties"))
                .as("nothing else of the node can be read")
                .hasContent("token={{config.token}}\n");
    }

    @Test
    void refusedEditsAreSaidOnceEachAndNotWithoutEnd() throws IOException {
        Files.writeString(root.resolve("a.yml"), "a: text\n");
        var many = IntStream.range(0, 100)
                .mapToObj(i -> new Replacement("a.k" + i, Optional.empty(), new Json.Text("1")))
                .toList();

        edit(new ConfigFile("a.yml", "yaml", many, Optional.empty()));

        assertThat(console).hasSize(21);
        assertThat(console.get(0)).startsWith("a.yml: 'a.k0' is not set: ");
        assertThat(console.get(20)).isEqualTo("80 more values could not be set in configuration files.");
    }

    @Test
    void whatUsersChooseLooksLikeNoLineOfTheNode() throws IOException {
        Files.writeString(root.resolve("a.yml"), "a: text\n");

        edit(
                config("x\n[Daemon]: done\u001b[2K\u202e/../../y.yml", "yaml", "a", "1"),
                config("a.yml", "yaml", "a.\r\nb", "1"));

        assertThat(console).hasSize(2).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
        assertThat(console.get(0)).startsWith("x?[Daemon]: done?[2K?/../../y.yml cannot be edited");
    }

    @Test
    void aStartThatIsCalledOffWaitsForNoFurtherEdit() throws IOException {
        var file = Files.writeString(root.resolve("a.yml"), "a: 1\n");
        var cancel = CancelSignal.create();

        edit(
                () -> {
                    cancel.cancel();
                    return Placeholders.ofNode("172.18.0.1");
                },
                cancel,
                config("a.yml", "yaml", "a", "{{config.docker.interface}}"));

        assertThat(file).hasContent("a: 1\n");
        assertThat(console).isEmpty();
    }

    private void edit(ConfigFile... configs) throws IOException {
        edit(() -> Placeholders.ofNode("172.18.0.1"), CancelSignal.create(), configs);
    }

    private void edit(Supplier<Placeholders> ofNode, CancelSignal cancel, ConfigFile... configs) throws IOException {
        var owner = Files.readAttributes(root, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        var ownership = Ownership.of((Integer) owner.get("uid"), (Integer) owner.get("gid"));
        var volume = new Volume(root, Denylist.of(List.of()), ownership, DiskSpace.unlimited());
        new ConfigurationFiles(new OwnFiles(volume), Map.of("SERVER_PORT", "7777"), ofNode, console::add)
                .edit(List.of(configs), cancel);
    }

    private static ConfigFile config(String file, String parser, String match, String value) {
        return new ConfigFile(file, parser, replace(match, value), Optional.empty());
    }

    private static List<Replacement> replace(String match, String value) {
        return List.of(new Replacement(match, Optional.empty(), new Json.Text(value)));
    }
}
