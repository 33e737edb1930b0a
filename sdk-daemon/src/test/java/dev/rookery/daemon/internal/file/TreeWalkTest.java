package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkTest {

    @TempDir
    Path folder;

    @Test
    void goesThroughWhatIsDeeperThanMayBeOpen() throws IOException {
        var expected = new ArrayList<String>();
        var path = "";
        for (int level = 0; level < 100; level++) {
            for (var name : List.of("a", "b", "directory")) {
                expected.add(path + name);
            }
            Files.createDirectories(folder.resolve(path).resolve("directory"));
            Files.writeString(folder.resolve(path).resolve("a"), "a");
            Files.writeString(folder.resolve(path).resolve("b"), "b");
            path += "directory/";
        }
        var found = new ArrayList<String>();
        walk(at -> {
            found.add(String.join("/", at.names()));
            return TreeWalk.Next.ENTER;
        });
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The server moves the directory that is being looked at, and the ones above it are found again by their names. */
    @Test
    void findsItsWayBackFromADirectoryThatWasMoved() throws IOException {
        var deep = "d/".repeat(40);
        Files.createDirectories(folder.resolve(deep + "moved/inner"));
        Files.writeString(folder.resolve(deep + "moved/inner/file"), "x");
        Files.createDirectories(folder.resolve("zzz"));
        for (int i = 0; i < 40; i++) {
            Files.writeString(folder.resolve("d/".repeat(i)).resolve("after" + i), "x");
        }
        var found = new ArrayList<String>();
        walk(at -> {
            if (at.name().equals("file")) {
                Files.move(folder.resolve(deep + "moved/inner"), folder.resolve("zzz/inner"));
            }
            found.add(at.name());
            return TreeWalk.Next.ENTER;
        });
        for (int i = 0; i < 40; i++) {
            assertThat(found).contains("after" + i);
        }
    }

    @Test
    void findsListsAndRemovesNamesThatAreNotText() throws IOException {
        int directory = NativeFiles.openDirectory(folder.toString());
        var latin = NameBytes.text("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        try (var open = new OpenDirectory(directory)) {
            Files.writeString(folder.resolve("plain"), "x");
            Moves.rename(directory, "plain", directory, latin);
            assertThat(names(directory)).containsExactly(latin);
            assertThat(FileEntries.in(open)).extracting(FileEntry::name).containsExactly("caf\uFFFD");
            assertThat(FileEntries.in(open)).extracting(FileEntry::sizeBytes).containsExactly(1L);
            assertThat(new NameSearch("caf", CancelSignal.create()).run(open, ""))
                    .hasSize(1);
            new Removal(Denylist.of(List.of("/never")), DiskSpace.unlimited(), CancelSignal.create())
                    .run(directory, latin, List.of("x"));
            assertThat(names(directory)).isEmpty();
        }
    }

    private static List<String> names(int directory) throws IOException {
        var names = new ArrayList<String>();
        int open = NativeDirectories.open(directory, ".");
        try {
            var reader = new DirectoryReader(4096);
            while (reader.next(open)) {
                names.add(reader.name());
            }
        } finally {
            NativeFiles.close(open);
        }
        return names;
    }

    @Test
    void namesComeBackAsTheBytesThatTheyWere() {
        for (var name : List.of("plain", "gr\u00fcn", "\uD83D\uDE00 smile", "\u20AC")) {
            var bytes = name.getBytes(StandardCharsets.UTF_8);
            assertThat(NameBytes.text(bytes)).isEqualTo(name);
            assertThat(NameBytes.of(name)).startsWith(bytes).hasSize(bytes.length + 1);
            assertThat(NameBytes.shown(name)).isEqualTo(name);
        }
        var broken = new byte[] {'a', (byte) 0xE4, (byte) 0xF0, (byte) 0x9F, 'z'};
        assertThat(NameBytes.of(NameBytes.text(broken))).startsWith(broken).hasSize(broken.length + 1);
    }

    private void walk(TreeWalk.Visitor visitor) throws IOException {
        try (var directory = new OpenDirectory(NativeFiles.openDirectory(folder.toString()))) {
            assertThat(new TreeWalk(CancelSignal.create(), visitor).below(directory.descriptor()))
                    .isTrue();
        }
    }
}
