package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.ArchiveEntry;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does that writes and unpacks archives. Works in a directory of its own. */
public abstract class NodeArchivesContract extends ContractFixture {

    /** Each has a directory with a file in it, made by tools of a system. */
    private static final Map<String, String> PACKED_ELSEWHERE = Map.of(
            "packed.zip",
            "UEsDBAoAAAAAAIMYIlwAAAAAAAAAAAAAAAACAAAAZC9QSwMECgAAAAAAgxgiXCEVmwEQAAAAEAAAAAcAAABkL2EudHh0cGFja2VkIGVs"
                    + "c2V3aGVyZVBLAQIeAwoAAAAAAIMYIlwAAAAAAAAAAAAAAAACAAAAAAAAAAAAEADtQQAAAABkL1BLAQIeAwoAAAAAAIMYIlwhFZsB"
                    + "EAAAABAAAAAHAAAAAAAAAAEAAACkgSAAAABkL2EudHh0UEsFBgAAAAACAAIAZQAAAFUAAAAAAA==",
            "packed.tar.gz",
            "H4sIAAAAAAACA+3RMQ6AIAwF0B6lJxBBCuch0sREB6MYPb7ISOKIi33Lb5tuPypors88UcmszjJr0obcYJx9/pzJJyT4wLGnsCHCT0UV"
                    + "unSl5v07a9/7N3X/Pq+AvfTf3BrGmSPysvM58cYghBDiF278NhKrAAoAAA==",
            "packed.tar.bz2",
            "QlpoOTFBWSZTWZi5fWUAAFJbgMqAQAH/gAAhbkxewCQIIAByEqgDQaNBoBpp5QSinqaaZT0TA0mjJg2fZDuAoaPASTvb4gpKlKgRRIGw"
                    + "x80UpdeoCqAZzeAxFJsYzuJlBeqSrYclciLiLDUIa+bGT0V8HQikbGWk3yCsEUqdoB+LuSKcKEhMXL6ygA==");
    /** The same, as not every node reads it. */
    private static final Map<String, String> PACKED_OTHERWISE = Map.of(
            "packed.tar.xz",
            "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4An/AGpdADILvBunjDRE4cIHdekACY2x9ZYvS2j0/l/oNThLtJ2xT6lrbw4l0QFNBgCwqJl6"
                    + "UnkCJ3/ue0X2LcQdjaDWPWgTuc01n/Bj+OyBxXWeUf5+UCxrdz8SO3KWRgLD8qG0g018xXA++js7ewAAAACSpsVC5TSIeQABhgGA"
                    + "FAAAP7eqwLHEZ/sCAAAAAARZWg==",
            "packed.tar.zst",
            "KLUv/QBo9QIAskQPEaDt8HHObx0A/L7chgajasYUX3AxuqJbq1ZL6PFetDijFCOrBCio70Ik43zvmYdhfhcziOkhWpzfffhBBQwgsNlz"
                    + "2fMvMNUiN/bwAZOho3iQ+hggAaYA8ym6AQ==");

    private final String directory = freshDirectory();

    /** Creates the contract's instance of one test. */
    protected NodeArchivesContract() {}

    /** Passes the test over where there are no archives. */
    @BeforeEach
    void requireArchives() {
        assumeOffered(Capability.ARCHIVES);
    }

    /** Removes what the test has left. */
    @AfterEach
    void clear() {
        if (subject().hasServer()) {
            clear(shared(), directory);
        }
    }

    @Test
    void putsFilesIntoAnArchiveAndBack() {
        var files = shared().files();
        write(files, in("a.txt"), "a");
        write(files, in("dir/deep/b.txt"), "b");

        var archive = files.compress(CompressRequest.of(directory, List.of("a.txt", "dir")));
        files.delete(directory, List.of("a.txt", "dir"));
        files.decompress(directory, archive.name());

        assertThat(archive.name()).endsWith(".tar.gz");
        assertThat(archive.sizeBytes()).isPositive();
        assertThat(archive.file()).isTrue();
        assertThat(read(files, in("a.txt"))).isEqualTo("a");
        assertThat(read(files, in("dir/deep/b.txt"))).isEqualTo("b");
    }

    @Test
    void writesGzip() throws IOException {
        var files = shared().files();
        write(files, in("a.txt"), "a");

        var archive = files.compress(CompressRequest.of(directory, List.of("a.txt")));

        try (var content = files.read(in(archive.name()))) {
            assertThat(content.stream().readNBytes(2)).containsExactly(0x1f, 0x8b);
        }
    }

    @Test
    void writesZipUnderTheGivenNameOrGzip() {
        var files = shared().files();
        write(files, in("a.txt"), "a");

        var archive = files.compress(
                new CompressRequest(directory, List.of("a.txt"), Optional.of("mine"), ArchiveFormat.ZIP));
        files.delete(directory, List.of("a.txt"));
        files.decompress(directory, archive.name());

        // Pterodactyl's daemon looks at neither.
        if (archive.name().endsWith(".zip") || strict()) {
            assertThat(archive.name()).isEqualTo("mine.zip");
            // Calagopus' daemon remembers the type of a file by its inode, and inodes come back.
            assertThat(strict() ? archive.mime() : "application/zip").isEqualTo("application/zip");
        }
        assertThat(read(files, in("a.txt"))).isEqualTo("a");
    }

    @Test
    void writesTheFormatThatItsNameSays() throws IOException {
        var files = shared().files();
        write(files, in("a.txt"), "a");

        for (var format : List.of(ArchiveFormat.TAR_BZ2, ArchiveFormat.TAR_XZ)) {
            var archive = files.compress(new CompressRequest(directory, List.of("a.txt"), Optional.of("mine"), format));
            try (var content = files.read(in(archive.name()))) {
                assertThat(content.stream().readNBytes(2))
                        .as(archive.name())
                        .containsExactly(
                                archive.name().endsWith(".bz2")
                                        ? new int[] {'B', 'Z'}
                                        : archive.name().endsWith(".xz")
                                                ? new int[] {0xfd, '7'}
                                                : new int[] {0x1f, 0x8b});
            }
            files.delete(directory, List.of("a.txt"));
            files.decompress(directory, archive.name());
            assertThat(read(files, in("a.txt"))).as(archive.name()).isEqualTo("a");
        }
    }

    @Test
    void unpacksWhatOthersPacked() {
        PACKED_ELSEWHERE.forEach((name, bytes) -> {
            unpackElsewhere(name, bytes);

            assertThat(read(shared().files(), in("d/a.txt"))).as(name).isEqualTo("packed elsewhere");
        });
    }

    @Test
    void unpacksLessUsualFormatsOrRefusesThem() {
        // Whether there is a server to ask is no answer of the node.
        var files = shared().files();
        PACKED_OTHERWISE.forEach((name, bytes) -> {
            var refusal = catchThrowable(() -> unpackElsewhere(name, bytes));

            if (refusal == null) {
                assertThat(read(files, in("d/a.txt"))).as(name).isEqualTo("packed elsewhere");
            } else {
                assertThat(refusal).as(name).isInstanceOf(InvalidInputException.class);
            }
        });
    }

    @Test
    void overwritesNoArchive() {
        var files = shared().files();
        write(files, in("a.txt"), "a");
        var request = new CompressRequest(directory, List.of("a.txt"), Optional.of("mine"), ArchiveFormat.TAR_GZ);

        var first = files.compress(request);
        if (!first.name().equals("mine.tar.gz") && !strict()) {
            return;
        }
        var second = files.compress(request);

        assertThat(first.name()).isEqualTo("mine.tar.gz");
        if (strict() || !second.name().equals(first.name())) {
            // Calagopus' daemon overwrites it.
            assertThat(second.name()).isEqualTo("mine copy.tar.gz");
        }
    }

    @Test
    void unpacksOverWhatIsThere() {
        var files = shared().files();
        write(files, in("a.txt"), "packed");
        var archive = files.compress(CompressRequest.of(directory, List.of("a.txt")));
        write(files, in("a.txt"), "changed since then");

        files.decompress(directory, archive.name());

        assertThat(read(files, in("a.txt"))).isEqualTo("packed");
    }

    @Test
    void unpacksNothingThatIsNoArchive() {
        var files = shared().files();
        write(files, in("plain.tar.gz"), "this is not an archive");

        var refusal = catchThrowable(() -> files.decompress(directory, "plain.tar.gz"));
        // Calagopus' daemon finds nothing in it, and that is that.
        if (strict() || refusal != null) {
            assertThat(refusal)
                    .isInstanceOfAny(
                            InvalidInputException.class,
                            strict() ? InvalidInputException.class : UnavailableException.class);
        }
        assertThatThrownBy(() -> files.decompress(directory, "absent.zip"))
                .isInstanceOfAny(
                        NotFoundException.class, strict() ? NotFoundException.class : UnavailableException.class);
    }

    // Looking into archives

    @Test
    void listsWhatIsInAnArchive() {
        assumeOffered(Capability.ARCHIVE_ENTRIES);
        var files = shared().files();
        for (var format : List.of(ArchiveFormat.TAR_GZ, ArchiveFormat.ZIP)) {
            var query = ArchiveQuery.of(in(packed(files, format)));

            var root = files.listArchive(query);
            var directory = files.listArchive(query.in("dir"));

            assertThat(root.complete()).isTrue();
            assertThat(root.refused()).isZero();
            assertThat(root.next()).isEmpty();
            assertThat(root.entries())
                    .extracting(ArchiveEntry::name, ArchiveEntry::kind)
                    .containsExactly(
                            tuple("dir", ArchiveEntry.Kind.DIRECTORY),
                            tuple("a.txt", ArchiveEntry.Kind.FILE),
                            tuple("c.txt", ArchiveEntry.Kind.FILE));
            assertThat(root.entries().get(1).sizeBytes()).hasValue(1);
            assertThat(directory.entries()).extracting(ArchiveEntry::name).containsExactly("deep");
            assertThat(files.listArchive(query.in("/dir/deep/")).entries())
                    .extracting(ArchiveEntry::name)
                    .containsExactly("b.txt");
        }
    }

    @Test
    void listsAnArchiveInParts() {
        assumeOffered(Capability.ARCHIVE_ENTRIES);
        var files = shared().files();
        var query = ArchiveQuery.of(in(packed(files, ArchiveFormat.TAR_GZ))).limit(2);

        var first = files.listArchive(query);
        var second = files.listArchive(query.after(first.next().orElseThrow()));

        assertThat(first.entries()).extracting(ArchiveEntry::name).containsExactly("dir", "a.txt");
        assertThat(second.entries()).extracting(ArchiveEntry::name).containsExactly("c.txt");
        assertThat(second.next()).isEmpty();
        assertThatThrownBy(() -> files.listArchive(query.after("no such place")))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void readsOneFileOfAnArchive() throws IOException {
        assumeOffered(Capability.ARCHIVE_ENTRIES);
        var files = shared().files();
        for (var format : List.of(ArchiveFormat.TAR_GZ, ArchiveFormat.ZIP)) {
            var archive = in(packed(files, format));

            try (var content = files.readArchive(archive, "/dir/deep/b.txt")) {
                assertThat(content.sizeBytes()).hasValue(5);
                assertThat(content.stream().readAllBytes()).asString().isEqualTo("b \u00fc.");
            }
            assertThatThrownBy(() -> files.readArchive(archive, "dir").close())
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> files.readArchive(archive, "dir/absent").close())
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void saysWhatIsNoArchiveToLookInto() {
        assumeOffered(Capability.ARCHIVE_ENTRIES);
        var files = shared().files();
        write(files, in("plain.tar.gz"), "this is not an archive");
        var packed = ArchiveQuery.of(in(packed(files, ArchiveFormat.TAR_GZ)));

        assertThatThrownBy(() -> files.listArchive(ArchiveQuery.of(in("plain.tar.gz"))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> files.listArchive(ArchiveQuery.of(in("absent.zip"))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> files.listArchive(packed.in("absent"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> files.readArchive(in("plain.tar.gz"), "a").close())
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void looksIntoNoArchiveForACallerWithoutThePermission() {
        assumeOffered(Capability.ARCHIVE_ENTRIES);
        var archive = in(packed(shared().files(), ArchiveFormat.TAR_GZ));
        var guest = asUser(Permission.CONNECT).server(shared().id()).files();
        var lister = asUser(Permission.FILE_READ).server(shared().id()).files();

        assertThatThrownBy(() -> guest.listArchive(ArchiveQuery.of(archive))).isInstanceOf(DeniedException.class);
        assertThat(lister.listArchive(ArchiveQuery.of(archive)).entries()).hasSize(3);
        assertThatThrownBy(() -> lister.readArchive(archive, "a.txt").close()).isInstanceOf(DeniedException.class);
    }

    /** Returns the name of an archive with {@code a.txt}, {@code c.txt} and {@code dir/deep/b.txt}. */
    private String packed(NodeFiles files, ArchiveFormat format) {
        write(files, in("a.txt"), "a");
        write(files, in("c.txt"), "");
        write(files, in("dir/deep/b.txt"), "b \u00fc.");
        return files.compress(
                        new CompressRequest(directory, List.of("a.txt", "c.txt", "dir"), Optional.of("packed"), format))
                .name();
    }

    @Test
    void archivesNothingForACallerWithoutThePermission() {
        NodeFiles files = shared().files();
        write(files, in("a.txt"), "a");
        var guest = asUser(Permission.CONNECT).server(shared().id()).files();

        assertThatThrownBy(() -> guest.compress(CompressRequest.of(directory, List.of("a.txt"))))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.decompress(directory, "a.zip")).isInstanceOf(DeniedException.class);
        assertThat(files.list(directory)).extracting(FileEntry::name).containsExactly("a.txt");
    }

    private void unpackElsewhere(String name, String base64) {
        var files = shared().files();
        files.write(in(name), Content.of(Base64.getDecoder().decode(base64)));
        if (files.list(directory).stream().anyMatch(FileEntry::directory)) {
            files.delete(directory, List.of("d"));
        }
        files.decompress(directory, name);
    }

    private String in(String path) {
        return directory + "/" + path;
    }
}
