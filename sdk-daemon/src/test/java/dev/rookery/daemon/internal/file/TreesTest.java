package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {

    private static final int DEEP = 2_000;

    @TempDir
    Path root;

    @Test
    void removesATreeThatIsDeeperThanAnyPathOrStack() throws IOException {
        var tree = Files.createDirectory(root.resolve("tree"));
        int directory = NativeFiles.openDirectory(tree.toString());
        for (int level = 0; level < DEEP; level++) {
            var here = NativeFiles.path(directory);
            Files.createFile(here.resolve("file"));
            Files.createDirectory(here.resolve("deeper"));
            int next = NativeFiles.openDirectory(here.resolve("deeper").toString());
            NativeFiles.close(directory);
            directory = next;
        }
        NativeFiles.close(directory);
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
    }

    @Test
    void removesABroadTree() throws IOException {
        var tree = Files.createDirectory(root.resolve("tree"));
        for (int i = 0; i < 300; i++) {
            var directory =
                    Files.createDirectories(tree.resolve("a" + i).resolve("b").resolve("c"));
            Files.writeString(directory.resolve("file"), "x");
            Files.writeString(tree.resolve("a" + i).resolve(".hidden"), "x");
        }
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
    }

    @Test
    void doesNotFollowLinks() throws IOException {
        var outside = Files.createDirectories(root.resolve("outside").resolve("kept"));
        var file = Files.writeString(outside.resolve("file"), "kept");
        var tree = Files.createDirectories(root.resolve("tree").resolve("inside"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("tree").resolve("file"), file);
        Trees.delete(root.resolve("tree"));
        assertThat(root.resolve("tree")).doesNotExist();
        assertThat(file).hasContent("kept");
        var link = Files.createSymbolicLink(root.resolve("link"), outside);
        Trees.delete(link);
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(file).hasContent("kept");
    }

    @Test
    void canBeCancelledAndRepeated() throws IOException {
        var tree = Files.createDirectories(root.resolve("tree").resolve("a"));
        Files.writeString(tree.resolve("file"), "x");
        var cancel = CancelSignal.create();
        cancel.cancel();
        assertThatThrownBy(() -> Trees.delete(root.resolve("tree"), cancel)).hasMessageContaining("cancelled");
        Trees.delete(root.resolve("tree"));
        assertThat(root.resolve("tree")).doesNotExist();
        Trees.delete(root.resolve("tree"));
    }
}
