package dev.rookery.daemon.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.ArchiveFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into an archive comes out of it, by our own hands and by those of the system's programs. */
class ArchiveRoundTripTest {

    private static final String SPARSE = "sparse";

    @TempDir
    private Path root;

    private ArchiveGround ground;

    @BeforeEach
    void open() throws IOException {
        ground = ArchiveGround.of(root);
    }

    @AfterEach
    void close() {
        ground.close();
    }

    static Stream<ArchiveFormat> written() {
        return Stream.of(
                ArchiveFormat.TAR,
                ArchiveFormat.TAR_GZ,
                ArchiveFormat.TAR_BZ2,
                ArchiveFormat.TAR_XZ,
                ArchiveFormat.TAR_ZSTD,
                ArchiveFormat.ZIP);
    }

    @ParameterizedTest
    @MethodSource("written")
    void givesBackWhatWentIn(ArchiveFormat format) throws IOException {
        boolean zip = format.equals(ArchiveFormat.ZIP);
        long seed = new Random().nextLong();
        new RandomTree(seed, !zip).fill(root.resolve("in/tree"));
        var before = ArchiveGround.tree(root.resolve("in"), !zip);
        Files.createDirectory(root.resolve("out"));

        var archive = ground.pack(format, "in", "tree");
        Files.move(root.resolve("in").resolve(archive.name()), root.resolve("out/a"));
        ground.unpack("out", "a");
        Files.delete(root.resolve("out/a"));

        assertThat(ArchiveGround.tree(root.resolve("out"), !zip))
                .as("seed %d", seed)
                .isEqualTo(before);
        assertThat(ground.done).isGreaterThanOrEqualTo(ground.total);
        ground.requireNothingHidden();
    }

    @ParameterizedTest
    @CsvSource({
        "tar.gz, tar -xzf %s",
        "tar.bz2, tar -xjf %s",
        "tar.xz, tar -xJf %s",
        "tar.zst, tar --zstd -xf %s",
        "tar, tar -xf %s",
        "zip, bsdtar -xf %s"
    })
    void isReadByTheProgramsOfTheSystem(String format, String command) throws Exception {
        new RandomTree(7, true).fill(root.resolve("in/tree"));
        var archive = ground.pack(new ArchiveFormat(format), "in", "tree");
        var out = Files.createDirectory(root.resolve("out"));

        run(out, command.formatted(root.resolve("in").resolve(archive.name())).split(" ", -1));

        boolean zip = format.equals("zip");
        Files.delete(root.resolve("in").resolve(archive.name()));
        var expected = ArchiveGround.tree(root.resolve("in"), !zip);
        var found = ArchiveGround.tree(out, !zip);
        if (zip) {
            // It has no hard links.
            expected.replaceAll((name, text) -> text.replaceAll(" = .*", ""));
        }
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a.tar.gz, tar --format=gnu -czf %s tree",
        "a.tar, tar --format=pax -Scf %s tree",
        "a.tar.xz, tar --format=gnu -ScJf %s tree",
        "a.tar.bz2, tar -cjf %s tree",
        "a.tar.zst, tar --zstd -cf %s tree",
        "a.tar.lz4, tar -I lz4 -cf %s tree",
        "a.7z, bsdtar --format=7zip -cf %s tree",
        "a.zip, zip -qry %s tree"
    })
    void readsWhatTheProgramsOfTheSystemWrite(String name, String command) throws Exception {
        boolean exact = name.equals("a.tar");
        boolean tar = name.contains(".tar");
        new RandomTree(11, tar).fill(root.resolve("in/tree"));
        run(
                root.resolve("in"),
                command.formatted(root.resolve("in").resolve(name)).split(" ", -1));
        Files.createDirectory(root.resolve("out"));
        Files.move(root.resolve("in").resolve(name), root.resolve("out").resolve(name));

        ground.unpack("out", name);

        Files.delete(root.resolve("out").resolve(name));
        assertThat(ArchiveGround.tree(root.resolve("out"), exact))
                .isEqualTo(ArchiveGround.tree(root.resolve("in"), exact));
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, log.txt.gz",
        "bzip2, log.txt.bz2",
        "xz, log.txt.xz",
        "zstd --rm, log.txt.zst",
        "lz4 --rm -z -m, log.txt.lz4"
    })
    void unpacksAFileThatIsCompressedAlone(String program, String packed) throws Exception {
        ground.write("log.txt", "a line\n".repeat(1000));
        run(root, (program + " -q log.txt").split(" ", -1));
        assertThat(root.resolve("log.txt")).doesNotExist();

        ground.unpack("/", packed);

        assertThat(root.resolve("log.txt")).hasContent("a line\n".repeat(1000));
        assertThat(root.resolve(packed)).exists();
    }

    @Test
    void readsGzipOfSeveralMembersOneAfterTheOther() throws Exception {
        ground.write("one", "first ");
        ground.write("two", "second");
        run(root, "sh", "-c", "gzip -c one > both.gz; gzip -c two >> both.gz; rm one two");

        ground.unpack("/", "both.gz");

        assertThat(root.resolve("both")).hasContent("first second");
    }

    @Test
    void keepsHoles() throws IOException {
        var in = Files.createDirectory(root.resolve("in"));
        try (var channel =
                FileChannel.open(in.resolve(SPARSE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 64 << 20);
        }
        var archive = ground.pack(ArchiveFormat.TAR_GZ, "in", SPARSE);
        Files.delete(in.resolve(SPARSE));

        ground.unpack("in", archive.name());

        assertThat(in.resolve(SPARSE)).hasSize((64 << 20) + 1);
        assertThat(blocks(in.resolve(SPARSE))).isLessThan(1 << 20);
    }

    /** What is not said of holes is refused as a bomb by others, and by us until it was said. */
    @ParameterizedTest
    @MethodSource("written")
    void givesALargeFileOfHolesBack(ArchiveFormat format) throws IOException {
        long size = 2L << 30;
        var in = Files.createDirectory(root.resolve("in"));
        try (var channel =
                FileChannel.open(in.resolve(SPARSE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 5 << 20);
            channel.write(ByteBuffer.wrap(new byte[] {2}), size - 1);
        }
        var archive = ground.pack(format, "in", SPARSE);
        Files.delete(in.resolve(SPARSE));

        ground.unpack("in", archive.name());

        assertThat(in.resolve(SPARSE)).hasSize(size);
        assertThat(blocks(in.resolve(SPARSE))).isLessThan(1 << 20);
        try (var channel = FileChannel.open(in.resolve(SPARSE), StandardOpenOption.READ)) {
            var one = ByteBuffer.allocate(2);
            channel.read(one, 5 << 20);
            assertThat(one.array()).containsExactly(1, 0);
            assertThat(channel.read(one.clear(), size - 1)).isEqualTo(1);
            assertThat(one.get(0)).isEqualTo((byte) 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"tar -xf %s", "bsdtar -xf %s"})
    void writesHolesAsTheProgramsOfTheSystemKnowThem(String command) throws Exception {
        var in = Files.createDirectory(root.resolve("in"));
        try (var channel =
                FileChannel.open(in.resolve(SPARSE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 8 << 20);
            channel.write(ByteBuffer.wrap(new byte[] {4}), 32 << 20);
        }
        var archive = ground.pack(ArchiveFormat.TAR, "in", SPARSE);
        assertThat(archive.sizeBytes()).isLessThan(1 << 20);
        var out = Files.createDirectory(root.resolve("out"));

        run(out, command.formatted(in.resolve(archive.name())).split(" ", -1));

        assertThat(out.resolve(SPARSE)).hasSameBinaryContentAs(in.resolve(SPARSE));
    }

    @Test
    void packsWhatIsSelectedTwiceOnce() throws IOException {
        ground.write("d/a/b.txt", "b");
        ground.write("d/a/c.txt", "c");

        var archive = ground.pack(ArchiveFormat.TAR_GZ, "d", "a/b.txt", "a", "./a/", "a");
        Files.delete(root.resolve("d/a/b.txt"));
        ground.unpack("d", archive.name());

        assertThat(root.resolve("d/a/b.txt")).hasContent("b");
    }

    @Test
    void refusesALinkAndWhatIsBelowItTogether() throws IOException {
        ground.write("d/a/b.txt", "b");
        Files.createSymbolicLink(root.resolve("d/link"), Path.of("a"));

        assertThatThrownBy(() -> ground.pack(ArchiveFormat.TAR_GZ, "d", "link", "link/b.txt"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a link");
    }

    @Test
    void saysOfWhatIsTooDeepThatItCannotBePacked() throws IOException {
        ground.write("d/" + "a/".repeat(127) + "x", "x");
        var archive = ground.pack(ArchiveFormat.TAR_GZ, "d", "a");
        Files.createDirectory(root.resolve("out"));
        Files.move(root.resolve("d").resolve(archive.name()), root.resolve("out/packed"));

        ground.unpack("out", "packed");

        assertThat(root.resolve("out/" + "a/".repeat(127) + "x")).hasContent("x");
        assertThatThrownBy(() -> ground.pack(ArchiveFormat.TAR_GZ, "/", "d"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("could not be unpacked")
                .hasMessageContaining("levels deep (expected: at most 128)");
    }

    @Test
    void unpacksAnEnvironmentOfPythonThatWasPackedHere() throws IOException {
        ground.write("venv/pyvenv.cfg", "home = /usr/bin");
        Files.createDirectories(root.resolve("venv/bin"));
        Files.createDirectories(root.resolve("venv/lib"));
        Files.createSymbolicLink(root.resolve("venv/bin/python3"), Path.of("/usr/bin/python3"));
        Files.createSymbolicLink(root.resolve("venv/bin/python"), Path.of("python3"));
        Files.createSymbolicLink(root.resolve("venv/lib64"), Path.of("lib"));
        var archive = ground.pack(ArchiveFormat.TAR_GZ, "/", "venv");
        Files.createDirectory(root.resolve("out"));
        Files.move(root.resolve(archive.name()), root.resolve("out/a"));

        ground.unpack("out", "a");

        assertThat(root.resolve("out/venv/pyvenv.cfg")).hasContent("home = /usr/bin");
        assertThat(Files.readSymbolicLink(root.resolve("out/venv/bin/python"))).hasToString("python3");
        assertThat(Files.readSymbolicLink(root.resolve("out/venv/lib64"))).hasToString("lib");
        assertThat(Files.exists(root.resolve("out/venv/bin/python3"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(ground.note).contains("left out: 1 links").contains("'venv/bin/python3'");
    }

    @Test
    void carriesNamesThatAreNotUtf8() throws Exception {
        Files.createDirectories(root.resolve("in/tree"));
        ground.write("in/tree/plain.txt", "plain");
        run(
                root.resolve("in/tree"),
                "sh",
                "-c",
                "printf a > \"$(printf 'caf\\351.txt')\"; mkdir \"$(printf 'd\\377')\"; printf b > \"$(printf"
                        + " 'd\\377/%0150d\\351' 1)\"; ln -s \"$(printf 'caf\\351.txt')\" link");
        var archive = ground.pack(ArchiveFormat.TAR_GZ, "in", "tree");
        Files.createDirectory(root.resolve("out"));
        Files.createDirectory(root.resolve("other"));
        run(root, "cp", "in/" + archive.name(), "out/a");

        ground.unpack("out", "a");
        run(root.resolve("other"), "tar", "-xf", "../out/a");

        run(root, "diff", "-r", "--no-dereference", "in/tree", "out/tree");
        run(root, "diff", "-r", "--no-dereference", "in/tree", "other/tree");
        assertThat(ground.note).isEmpty();
        ground.pack(ArchiveFormat.ZIP, "in", "tree");
        assertThat(ground.note).contains("left out: 3 files whose names are not UTF-8");
    }

    @Test
    void packsWhatIsNamedBelowTheDirectoryUnderItsOwnPath() throws IOException {
        ground.write("d/a/b.txt", "b");
        ground.write("d/a/c.txt", "c");

        var archive = ground.pack(ArchiveFormat.TAR_GZ, "d", "a/b.txt");
        Files.delete(root.resolve("d/a/b.txt"));
        ground.unpack("d", archive.name());

        assertThat(root.resolve("d/a/b.txt")).hasContent("b");
    }

    @Test
    void packsADirectoryThatTheArchiveGoesInto() throws IOException {
        ground.write("d/a.txt", "a");

        var archive = ground.pack(ArchiveFormat.ZIP, "/", "d");
        var second = ground.pack(ArchiveFormat.ZIP, "/", "d", archive.name());

        assertThat(second.name()).isEqualTo("packed copy.zip");
        ground.requireNothingHidden();
    }

    @Test
    void replacesFilesAndLinksAndBringsDirectoriesTogether() throws IOException {
        ground.write("d/kept.txt", "kept");
        ground.write("d/sub/old.txt", "old");
        var archive = ground.pack(ArchiveFormat.TAR_GZ, "/", "d");
        ground.write("d/sub/old.txt", "changed");
        ground.write("d/sub/new.txt", "new");
        Files.delete(root.resolve("d/kept.txt"));
        Files.createSymbolicLink(root.resolve("d/kept.txt"), Path.of("/etc/passwd"));

        ground.unpack("/", archive.name());

        assertThat(root.resolve("d/kept.txt")).isRegularFile().hasContent("kept");
        assertThat(Files.isSymbolicLink(root.resolve("d/kept.txt"))).isFalse();
        assertThat(root.resolve("d/sub/old.txt")).hasContent("old");
        assertThat(root.resolve("d/sub/new.txt")).hasContent("new");
    }

    @Test
    void unpacksIntoWhereALinkInsideLeads() throws IOException {
        ground.write("world/level.dat", "level");
        var archive = ground.pack(ArchiveFormat.TAR_GZ, "/", "world");
        Files.move(root.resolve("world"), root.resolve("elsewhere"));
        ground.write("elsewhere/level.dat", "other");
        Files.createSymbolicLink(root.resolve("world"), Path.of("elsewhere"));

        ground.unpack("/", archive.name());

        assertThat(root.resolve("elsewhere/level.dat")).hasContent("level");
        assertThat(Files.isSymbolicLink(root.resolve("world"))).isTrue();
    }

    private static long blocks(Path file) throws IOException {
        var du = new ProcessBuilder("du", "-B1", file.toString()).start();
        return Long.parseLong(
                new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\s", -1)[0]);
    }

    /** Runs a program; the test is passed over where the system does not have it. */
    static void run(Path directory, String... command) throws IOException, InterruptedException {
        assumeTrue(installed(command[0]), command[0] + " is not installed");
        var process = new ProcessBuilder(List.of(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
