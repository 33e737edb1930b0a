package dev.rookery.daemon.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.daemon.internal.archive.MaliciousArchives.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What archives of strangers try: each is refused with the name of the entry, and leaves nothing. */
class MaliciousArchiveTest {

    private static final ArchiveLimits SMALL =
            new ArchiveLimits(50, 8 << 20, 20, 1 << 20, 128, 4096, 1 << 20, 32 << 20, Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    private Path root;
    private ArchiveGround ground;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(directory.resolve("server"));
        Files.writeString(directory.resolve("outside.txt"), "outside");
        ground = new ArchiveGround(root, SMALL, 0);
        ground.write("in/server.jar", "mine");
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @TestFactory
    Stream<DynamicTest> refusesEachAttackInEachFormat() {
        var tests = new ArrayList<DynamicTest>();
        MaliciousArchives.all().forEach((name, attack) -> {
            tests.add(test("tar: " + name, MaliciousArchives.tar(attack.items()), attack.words()));
            tests.add(test(
                    "tar.gz: " + name, MaliciousArchives.gzip(MaliciousArchives.tar(attack.items())), attack.words()));
            if (attack.items().stream().noneMatch(item -> item.type() == '1')) {
                tests.add(test("zip: " + name, MaliciousArchives.zip(attack.items()), attack.words()));
                tests.add(test("7z: " + name, MaliciousArchives.sevenZip(attack.items()), attack.words()));
            }
        });
        return tests.stream();
    }

    private DynamicTest test(String name, byte[] archive, String words) {
        return DynamicTest.dynamicTest(name, () -> refused(archive, words));
    }

    @Test
    void refusesMoreThanTheArchiveCanHold() throws IOException {
        var same = "a".repeat(4 << 20).getBytes(StandardCharsets.UTF_8);
        refused(MaliciousArchives.gzip(MaliciousArchives.tar(List.of(new Item("a", '0', "", same)))), "times as long");
        refused(MaliciousArchives.zip(List.of(new Item("a", '0', "", same))), "times as long");
        refused(MaliciousArchives.sevenZip(List.of(new Item("a", '0', "", same))), "times as long");
        refused(MaliciousArchives.gzip(same), "times as long");
        var noise = new byte[9 << 20];
        new Random(1).nextBytes(noise);
        refused(MaliciousArchives.tar(List.of(new Item("a", '0', "", noise))), "bytes (expected: at most");
        refused(MaliciousArchives.gzip(new byte[9 << 20]), "bytes in all (expected: at most");
    }

    @TestFactory
    Stream<DynamicTest> cve202427102LeavesLinksOutThatLeadOut() {
        var items = new ArrayList<>(MaliciousArchives.linksOut());
        items.add(Item.link("inside", "server.jar"));
        items.add(Item.link("home", "/home/container/in/server.jar"));
        // Whatever goes through one of them lands in the archive's own place.
        items.add(Item.file("up/rookery-outside.txt"));
        return Stream.of(
                        MaliciousArchives.tar(items),
                        MaliciousArchives.gzip(MaliciousArchives.tar(items)),
                        MaliciousArchives.zip(items),
                        MaliciousArchives.sevenZip(items))
                .map(archive -> DynamicTest.dynamicTest("format", () -> {
                    Files.write(root.resolve("in/archive"), archive);

                    ground.unpack("in", "archive");

                    assertThat(root.resolve("in/inside")).isSymbolicLink().hasContent("mine");
                    assertThat(root.resolve("in/home")).isSymbolicLink();
                    assertThat(root.resolve("in/up/rookery-outside.txt")).hasContent("content");
                    assertThat(root.resolve("in/up")).isDirectory();
                    for (var name : List.of("up", "absolute", "down-and-up", "home-and-up", "empty")) {
                        assertThat(Files.isSymbolicLink(root.resolve("in").resolve(name)))
                                .isFalse();
                    }
                    assertThat(ground.note).contains("left out: ").contains("'absolute'");
                }));
    }

    @Test
    void refusesTooManyEntries() throws IOException {
        var items = new ArrayList<Item>();
        for (int i = 0; i < 60; i++) {
            items.add(Item.file("file" + i));
        }
        refused(MaliciousArchives.tar(items), "entries (expected: at most");
        refused(MaliciousArchives.zip(items), "entries (expected: at most");
        refused(MaliciousArchives.sevenZip(items), "entries (expected: at most");
    }

    @Test
    void refusesEntriesThatLieOnOneAnother() throws IOException {
        refused(MaliciousArchives.overlapping(40), "expected: each");
    }

    @Test
    void refusesAFileOfTwoNames() throws IOException {
        refused(MaliciousArchives.twoNames(), "called otherwise");
    }

    @Test
    void refusesHeadersWithoutAnEnd() throws IOException {
        refused(MaliciousArchives.hugeName(), "a header of more than");
    }

    @Test
    void unpacksNothingOfAnArchiveInAnArchive() throws IOException {
        var inner = MaliciousArchives.zip(List.of(Item.file("deep.txt")));
        Files.write(root.resolve("in/a.zip"), MaliciousArchives.zip(List.of(new Item("inner.zip", '0', "", inner))));

        ground.unpack("in", "a.zip");

        assertThat(root.resolve("in/inner.zip")).hasBinaryContent(inner);
        assertThat(root.resolve("in/deep.txt")).doesNotExist();
    }

    @Test
    void keepsNamesApartThatDifferInTheirCaseOnly() throws IOException {
        Files.write(
                root.resolve("in/a.zip"),
                MaliciousArchives.zip(List.of(Item.file("Server.JAR"), Item.file("SERVER.jar"))));

        ground.unpack("in", "a.zip");

        assertThat(root.resolve("in/server.jar")).hasContent("mine");
        assertThat(root.resolve("in/Server.JAR")).hasContent("content");
        assertThat(root.resolve("in/SERVER.jar")).hasContent("content");
    }

    @Test
    void readsWhatIsDamagedWithoutHarm() throws IOException {
        var random = new Random(3);
        var packed = List.of(
                MaliciousArchives.zip(List.of(Item.file("a"), Item.file("b"))),
                MaliciousArchives.sevenZip(List.of(Item.file("a"), Item.file("b"))),
                MaliciousArchives.gzip(MaliciousArchives.tar(List.of(Item.file("a"), Item.file("b")))),
                MaliciousArchives.tar(List.of(Item.file("a"), Item.file("b"))));
        for (int i = 0; i < 200; i++) {
            var bytes = packed.get(i % packed.size()).clone();
            for (int j = 0; j < 1 + random.nextInt(4); j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(root.resolve("in/archive"), bytes);
            try {
                ground.unpack("in", "archive");
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageContaining("archive");
            }
        }
        ground.requireNothingHidden();
    }

    @Test
    void leavesWhatTheDenylistNamesAlone() throws IOException {
        try (var strict = new ArchiveGround(root, SMALL, 0, "secret.yml", "/in/plugins/")) {
            Files.write(
                    root.resolve("in/a.tar"),
                    MaliciousArchives.tar(List.of(
                            Item.file("ok.txt"),
                            Item.file("secret.yml"),
                            Item.file("deep/secret.yml"),
                            Item.file("plugins/evil.jar"))));

            strict.unpack("in", "a.tar");

            assertThat(root.resolve("in/ok.txt")).exists();
            assertThat(root.resolve("in/secret.yml")).doesNotExist();
            assertThat(root.resolve("in/deep/secret.yml")).doesNotExist();
            assertThat(root.resolve("in/plugins/evil.jar")).doesNotExist();
            Files.delete(root.resolve("in/a.tar"));
            strict.write("in/secret.yml", "secret");
            var packed = strict.pack(ArchiveFormat.TAR, "/", "in");
            assertThat(Files.readString(root.resolve(packed.name()), StandardCharsets.ISO_8859_1))
                    .contains("in/ok.txt")
                    .doesNotContain("secret.yml");
        }
    }

    @Test
    void writesNothingBeyondTheServersDiskSpace() throws IOException {
        var noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(root.resolve("in/noise"), noise);
        Files.write(root.resolve("in/a.tar"), MaliciousArchives.tar(List.of(new Item("out", '0', "", noise))));
        try (var small = new ArchiveGround(root, SMALL, 2 << 20)) {
            assertThatThrownBy(() -> small.unpack("in", "a.tar"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("disk space");
            assertThatThrownBy(() -> small.pack(ArchiveFormat.TAR_GZ, "/", "in"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("disk space");
            assertThat(small.space.freeBytes()).isEqualTo(2 << 20);
            assertThat(root.resolve("in/out")).doesNotExist();
        }
        ground.requireNothingHidden();
        ground.unpack("in", "a.tar");
        assertThat(ground.space.usedBytes()).isEqualTo(noise.length);
        ground.unpack("in", "a.tar");
        assertThat(ground.space.usedBytes()).isEqualTo(noise.length);
    }

    @Test
    void putsNothingInPlaceIfADirectoryIsInTheWay() throws IOException {
        Files.write(root.resolve("in/a.tar"), MaliciousArchives.tar(List.of(Item.file("first"), Item.file("taken"))));
        Files.createDirectory(root.resolve("in/taken"));

        assertThatThrownBy(() -> ground.unpack("in", "a.tar"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in the way");

        assertThat(root.resolve("in/first")).doesNotExist();
        ground.requireNothingHidden();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> ground.unpack("in", "absent.zip")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ground.pack(ArchiveFormat.ZIP, "in", "absent")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void stopsWhenItIsCancelled() throws IOException {
        Files.write(root.resolve("in/a.tar"), MaliciousArchives.tar(List.of(Item.file("first"))));
        ground.cancel().cancel();

        assertThatThrownBy(() -> ground.unpack("in", "a.tar")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ground.pack(ArchiveFormat.TAR_GZ, "/", "in")).isInstanceOf(IOException.class);

        assertThat(root.resolve("in/first")).doesNotExist();
        ground.requireNothingHidden();
    }

    private void refused(byte[] archive, String words) throws IOException {
        var before = ArchiveGround.tree(directory, true);
        var file = Files.write(root.resolve("in/archive"), archive);

        assertThatThrownBy(() -> ground.unpack("in", "archive"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("archive")
                .hasMessageContaining(words);

        Files.delete(file);
        before.remove("server/in");
        var after = ArchiveGround.tree(directory, true);
        after.remove("server/in");
        assertThat(after).isEqualTo(before);
    }
}
