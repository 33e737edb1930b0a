package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.ContentMatches;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FilePage;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.permission.Permission;
import dev.rookery.testing.Offered;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every node does with a server's files. Works in a directory of its own. */
public abstract class NodeFilesContract extends ContractFixture {

    private static final int MEBIBYTE = 1024 * 1024;

    private final String directory = freshDirectory();

    /** Creates the contract's instance of one test. */
    protected NodeFilesContract() {}

    /** Removes what the test has left. */
    @AfterEach
    void clear() {
        if (subject().hasServer()) {
            clear(shared(), directory);
        }
    }

    // Reading and writing

    @Test
    void writesAndReadsFiles() {
        var files = shared().files();

        write(files, in("deep/er/file.txt"), "first and longer");
        write(files, "/" + in("deep/er/file.txt"), "second");

        assertThat(read(files, in("deep/er/file.txt"))).isEqualTo("second");
    }

    @Test
    void keepsEveryByte() throws IOException {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        shared().files().write(in("bytes.bin"), Content.of(bytes));

        try (var content = shared().files().read(in("bytes.bin"))) {
            assertThat(content.sizeBytes()).isEqualTo(OptionalLong.of(bytes.length));
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void writesAnEmptyFile() {
        write(shared().files(), in("empty.txt"), "");

        assertThat(read(shared().files(), in("empty.txt"))).isEmpty();
    }

    @Test
    void takesAnyName() {
        var files = shared().files();

        for (var name :
                List.of("a b.txt", "50%.txt", "a+b&c=d#e?.txt", "\u00fcn\u00ef\u6587.txt", "'quoted \"x\".txt")) {
            write(files, in(name), "named " + name);
            assertThat(read(files, in(name))).isEqualTo("named " + name);
        }
    }

    @Test
    void tellsWhatIsNoFile() {
        var files = shared().files();
        write(files, in("deep/file.txt"), "x");

        assertMissing(() -> files.read(in("absent.txt")));
        assertThatThrownBy(() -> files.read(in("deep"))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> write(files, in("deep"), "x")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void neverLeavesTheServersRoot() {
        var files = shared().files();

        for (var path : List.of("../outside.txt", "a/../../outside.txt", "/../../outside.txt")) {
            if (strict()) {
                assertThatThrownBy(() -> write(files, path, "x")).as(path).isInstanceOf(RuntimeException.class);
            }
            assertThatThrownBy(() -> files.read("/../../../../etc/passwd")).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void streamsABigFileBothWays() throws IOException {
        var files = shared().files();
        long size = 64L * MEBIBYTE;

        files.write(in("big.bin"), Content.of(new PatternStream(size), OptionalLong.of(size)));

        try (var content = files.read(in("big.bin"))) {
            assertThat(content.sizeBytes()).isEqualTo(OptionalLong.of(size));
            assertThat(PatternStream.verify(content.stream())).isEqualTo(size);
        }
    }

    @Test
    void keepsTheOldFileWhenAWriteBreaksOff() {
        Offered.assume(strict(), "a daemon of another project may cut the old file off first");
        var files = shared().files();
        write(files, in("file.txt"), "old");
        var broken = Content.of(new BreakingStream(1000), OptionalLong.of(5000));

        assertThatThrownBy(() -> files.write(in("file.txt"), broken)).isInstanceOf(RuntimeException.class);

        assertThat(read(files, in("file.txt"))).isEqualTo("old");
    }

    @Test
    void givesNothingToACallerWithoutThePermission() {
        write(shared().files(), in("secret.txt"), "x");
        var guest = asUser(Permission.CONNECT).server(shared().id()).files();

        assertThatThrownBy(() -> guest.read(in("secret.txt"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> write(guest, in("secret.txt"), "y")).isInstanceOf(DeniedException.class);
        assertThat(read(shared().files(), in("secret.txt"))).isEqualTo("x");
    }

    // Directories

    @Test
    void listsDirectoriesFirstAndThenByName() {
        var files = managed();
        write(files, in("b.txt"), "12345");
        write(files, in("a.txt"), "text");
        write(files, in("z/inner.txt"), "x");
        files.createDirectory(in("c"));

        var entries = files.list(directory);

        assertThat(entries).extracting(FileEntry::name).containsExactly("c", "z", "a.txt", "b.txt");
        assertThat(entries).extracting(FileEntry::directory).containsExactly(true, true, false, false);
        var file = entries.get(3);
        assertThat(file.sizeBytes()).isEqualTo(5);
        assertThat(file.file()).isTrue();
        assertThat(file.symlink()).isFalse();
        // Calagopus' daemon remembers the type of a file by its inode, and inodes come back.
        assertThat(strict() ? file.mime() : "text/plain").startsWith("text/plain");
        assertThat(file.mode()).startsWith("-rw").hasSize("-rw-r--r--".length());
        assertThat(file.modeBits()).isEqualTo(new FileMode(0644));
        assertThat(file.modified())
                .isBetween(
                        Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofMinutes(5)));
        assertThat(entries.get(0).mode()).startsWith("d");
        assertThat(entries.get(0).mime()).isEqualTo("inode/directory");
    }

    @Test
    void listsAnEmptyDirectoryAndTheRoot() {
        var files = managed();
        files.createDirectory(in("empty"));

        assertThat(files.list(in("empty"))).isEmpty();
        assertThat(files.list("/")).extracting(FileEntry::name).contains(directory);
        assertThat(files.list("")).extracting(FileEntry::name).contains(directory);
    }

    @Test
    void listsNoDirectoryThatIsMissing() {
        var files = managed();

        assertMissing(() -> files.list(in("absent")));
    }

    @Test
    void createsDirectoriesWithTheirParents() {
        var files = managed();

        files.createDirectory(in("one/two/three"));
        files.createDirectory(in("one/two"));

        assertThat(files.list(in("one/two"))).extracting(FileEntry::name).containsExactly("three");
    }

    @Test
    void createsNoDirectoryWhereAFileIsInTheWay() {
        var files = managed();
        write(files, in("file.txt"), "x");

        assertThatThrownBy(() -> files.createDirectory(in("file.txt/below"))).isInstanceOf(InvalidInputException.class);
        if (strict()) {
            assertThatThrownBy(() -> files.createDirectory(in("file.txt"))).isInstanceOf(InvalidInputException.class);
        }
    }

    // Moving, copying, deleting

    @Test
    void movesFilesAndDirectories() {
        var files = managed();
        write(files, in("a.txt"), "a");
        write(files, in("dir/b.txt"), "b");

        files.rename(directory, List.of(new FileRename("a.txt", "new/parent/c.txt"), new FileRename("dir", "moved")));

        assertThat(read(files, in("new/parent/c.txt"))).isEqualTo("a");
        assertThat(read(files, in("moved/b.txt"))).isEqualTo("b");
        assertThat(files.list(directory)).extracting(FileEntry::name).containsExactly("moved", "new");
    }

    @Test
    void passesOverAMissingSource() {
        var files = managed();
        write(files, in("a.txt"), "a");

        files.rename(directory, List.of(new FileRename("absent.txt", "b.txt")));

        assertThat(files.list(directory)).extracting(FileEntry::name).containsExactly("a.txt");
    }

    @Test
    void movesNothingOntoAnotherFile() {
        var files = managed();
        write(files, in("a.txt"), "a");
        write(files, in("b.txt"), "b");

        assertThatThrownBy(() -> files.rename(directory, List.of(new FileRename("a.txt", "b.txt"))))
                .isInstanceOf(ConflictException.class);

        assertThat(read(files, in("b.txt"))).isEqualTo("b");
        assertThat(read(files, in("a.txt"))).isEqualTo("a");
    }

    @Test
    void copiesAFileBesideItself() {
        var files = managed();
        write(files, in("x.txt"), "content");
        write(files, in("y.tar.gz"), "archive");

        files.copy(in("x.txt")).ifPresent(copy -> assertThat(copy.name()).isEqualTo("x copy.txt"));
        files.copy(in("x.txt"));
        files.copy(in("y.tar.gz"));

        assertThat(files.list(directory))
                .extracting(FileEntry::name)
                .containsExactlyInAnyOrder("x.txt", "x copy.txt", "x copy 1.txt", "y.tar.gz", "y copy.tar.gz");
        assertThat(read(files, in("x copy.txt"))).isEqualTo("content");
    }

    @Test
    void copiesRegularFilesOnly() {
        var files = managed();
        files.createDirectory(in("dir"));

        assertMissing(() -> files.copy(in("absent.txt")));
        assertMissing(() -> files.copy(in("dir")));
    }

    @Test
    void deletesFilesAndWholeDirectories() {
        var files = managed();
        write(files, in("a.txt"), "a");
        write(files, in("dir/deep/b.txt"), "b");
        write(files, in("kept.txt"), "c");

        files.delete(directory, List.of("a.txt", "dir"));

        assertThat(files.list(directory)).extracting(FileEntry::name).containsExactly("kept.txt");
    }

    @Test
    void passesOverAMissingFileOrSaysSo() {
        var files = managed();
        write(files, in("a.txt"), "a");

        var refusal = catchThrowable(() -> files.delete(directory, List.of("absent.txt")));

        assertThat(refusal == null || refusal instanceof NotFoundException)
                .as("%s", refusal)
                .isTrue();
        assertThat(read(files, in("a.txt"))).isEqualTo("a");
    }

    @Test
    void deletesNothingOutsideTheRoot() {
        assumeExpendable();
        var files = managed();

        var refusal = catchThrowable(() -> files.delete(directory, List.of("../../..")));

        assertThat(refusal == null || refusal instanceof RuntimeException).isTrue();
        assertThat(node().system().os()).isEqualTo("linux");
        if (strict()) {
            assertThat(refusal).isNotNull();
        }
    }

    // Permissions of files

    @Test
    void setsPermissions() {
        var files = managed();
        write(files, in("run.sh"), "#!/bin/sh\n");
        write(files, in("private.txt"), "x");

        files.chmod(
                directory,
                List.of(
                        new FileModeChange("run.sh", new FileMode(0755)),
                        new FileModeChange("private.txt", new FileMode(0600)),
                        new FileModeChange("absent.txt", new FileMode(0600))));

        assertThat(files.list(directory))
                .extracting(FileEntry::name, entry -> entry.modeBits().toString(), FileEntry::mode)
                .containsExactly(tuple("private.txt", "600", "-rw-------"), tuple("run.sh", "755", "-rwxr-xr-x"));
    }

    @Test
    void changesNothingForACallerWithoutThePermission() {
        var files = managed();
        write(files, in("a.txt"), "a");
        var guest = asUser(Permission.CONNECT).server(shared().id()).files();

        assertThatThrownBy(() -> guest.list(directory)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.rename(directory, List.of(new FileRename("a.txt", "b.txt"))))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.copy(in("a.txt"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.delete(directory, List.of("a.txt"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.createDirectory(in("d"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.chmod(directory, List.of(new FileModeChange("a.txt", new FileMode(0600)))))
                .isInstanceOf(DeniedException.class);
        assertThat(files.list(directory)).extracting(FileEntry::name).containsExactly("a.txt");
    }

    // Search

    @Test
    void findsFilesByPartOfTheirName() {
        var files = searched();

        assertThat(found(files, "NEEDLE"))
                .contains(in("a-needle.txt"))
                .isSubsetOf(in("a-needle.txt"), in("deep/needles"));
        if (strict()) {
            // Calagopus' daemon finds no directories.
            assertThat(found(files, "NEEDLE")).contains(in("deep/needles"));
        }
        assertThat(found(files, "*needle.txt")).containsExactly(in("a-needle.txt"));
        assertThat(found(files, "?-needle.*")).containsExactly(in("a-needle.txt"));
        assertThat(found(files, "nothing-like-this")).isEmpty();
    }

    @Test
    void findsNothingWhereThereIsNoDirectory() {
        var files = searched();

        assertThat(files.search(new FileSearch(in("absent"), "needle"))).isEmpty();
    }

    @Test
    void listsPageByPage() {
        assumeOffered(Capability.FILE_PAGES);
        var files = managed();
        for (var name : List.of("c", "a", "d", "b")) {
            write(files, in(name), "x");
        }
        files.createDirectory(in("zz"));
        assertThat(names(files.list(directory, 1, 2))).containsExactly("zz", "a");
        assertThat(names(files.list(directory, 2, 2))).containsExactly("b", "c");
        assertThat(names(files.list(directory, 3, 2))).containsExactly("d");
        assertThat(names(files.list(directory, 4, 2))).isEmpty();
        assertThat(files.list(directory, 1, 2).total()).isEqualTo(5);
        assertThat(files.list(directory, 1, 2).entries().get(1).sizeBytes()).isEqualTo(1);
        assertThatThrownBy(() -> files.list(directory, 0, 2)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> files.list(in("absent"), 1, 2)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void findsTextInFiles() {
        assumeOffered(Capability.CONTENT_SEARCH);
        var files = managed();
        write(files, in("one.txt"), "first\nsecond Needle (.*)\nneedle again");
        write(files, in("deep/two.txt"), "no\n");
        write(files, in("binary"), "needle\0");

        var exact = files.search(new ContentSearch(directory, "Needle (.*)", true));

        assertThat(exact.complete()).isTrue();
        assertThat(exact.matches()).singleElement().satisfies(match -> {
            assertThat(match.path().replaceAll("^/+", ""))
                    .isEqualTo(in("one.txt").replaceAll("^/+", ""));
            assertThat(match.line()).isEqualTo(2);
            assertThat(match.text()).isEqualTo("second Needle (.*)");
        });
        assertThat(files.search(new ContentSearch(directory, "NEEDLE", false)).matches())
                .extracting(ContentMatches.Match::line)
                .containsExactly(2L, 3L);
        assertThat(files.search(new ContentSearch(directory, "absent", false)).matches())
                .isEmpty();
    }

    private static List<String> names(FilePage page) {
        return page.entries().stream().map(FileEntry::name).toList();
    }

    private NodeFiles searched() {
        assumeOffered(Capability.FILE_SEARCH);
        var files = managed();
        write(files, in("a-needle.txt"), "x");
        write(files, in("hay.txt"), "needle inside");
        files.createDirectory(in("deep/needles"));
        return files;
    }

    private List<String> found(NodeFiles files, String pattern) {
        return files.search(new FileSearch(directory, pattern)).stream()
                .map(entry -> entry.name().replaceAll("^/+", ""))
                .toList();
    }

    private NodeFiles managed() {
        assumeOffered(Capability.FILE_MANAGEMENT);
        return shared().files();
    }

    private void assertMissing(ThrowingCallable call) {
        // Pterodactyl's daemon has no word for it and fails as if by accident.
        assertThatThrownBy(call)
                .isInstanceOfAny(
                        NotFoundException.class, strict() ? NotFoundException.class : UnavailableException.class);
    }

    private String in(String path) {
        return directory + "/" + path;
    }

    /** A source that breaks off. */
    private static final class BreakingStream extends InputStream {

        private int left;

        BreakingStream(int bytes) {
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                throw new IOException("the source broke off");
            }
            left--;
            return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            target[offset] = (byte) read();
            return 1;
        }
    }
}
