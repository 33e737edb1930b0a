package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedTest {

    private static final StagedFile.Claiming STRICT = new StagedFile.Claiming(true, CancelSignal.create());

    @TempDir
    Path folder;

    private Path root;
    private Volume volume;
    private boolean mounted;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        volume = new Volume(root, Denylist.of(List.of()), Ownership.of(root), DiskSpace.unlimited());
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "-l", root.resolve("mounted").toString());
        }
    }

    /** As if the process had ended there: nobody closes what is open. */
    @Test
    void whatACrashLeftIsInOneFolder() throws IOException {
        try (var place = volume.sandbox().target("world/level", true)) {
            begin(place);
            assertThat(root.resolve("world")).isEmptyDirectory();
            assertThat(Unfinished.folder(folder).resolve("volume")).isNotEmptyDirectory();
        }
        Unfinished.clear(folder);
        Trees.delete(Unfinished.folder(folder));
        assertThat(Unfinished.folder(folder)).doesNotExist();
        assertThat(root.resolve("world")).isEmptyDirectory();
    }

    /** Files cannot be moved across a mount: there they grow beside their place, and are found all the same. */
    @Test
    @Tag("root")
    void whatACrashLeftBelowAMountIsFound() throws Exception {
        var below = Files.createDirectory(root.resolve("mounted"));
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", below.toString());
        mounted = true;
        try (var place = volume.sandbox().target("mounted/a/level", true)) {
            var staged = begin(place);
            assertThat(below.resolve("a")).isNotEmptyDirectory();
            staged.replace("level");
            staged.close();
            assertThat(below.resolve("a")).isDirectoryContaining("glob:**/level");
            assertThat(Unfinished.folder(folder).resolve("volume")).isEmptyDirectory();
            begin(place);
        }
        Unfinished.clear(folder);
        try (var left = Files.list(below.resolve("a"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("level");
        }
    }

    private StagedFile begin(Place place) throws IOException {
        var staged = StagedFile.create(volume, place, STRICT);
        staged.claim(3);
        staged.channel().write(ByteBuffer.wrap(new byte[3]));
        return staged;
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
