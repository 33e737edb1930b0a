package dev.rookery.daemon.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrashTest {

    @TempDir
    Path data;

    @Test
    void takesATreeAtOnceAndRemovesItLater() throws IOException {
        var trash = new Trash(data);
        trash.take(volume());
        assertThat(data.resolve("server")).doesNotExist();
        // The name is free: the panel may create the server again at once.
        trash.take(volume());
        trash.take(data.resolve("server"));
        assertThat(left()).isEqualTo(2);
        assertThat(trash.sweep()).isTrue();
        assertThat(left()).isZero();
    }

    @Test
    void removesAfterARestartWhatWasLeft() throws IOException {
        var before = new Trash(data);
        before.take(volume());
        before.close();
        assertThat(before.sweep()).isFalse();
        assertThat(left()).isEqualTo(1);
        assertThat(new Trash(data).sweep()).isTrue();
        assertThat(left()).isZero();
    }

    private Path volume() throws IOException {
        var volume = Files.createDirectory(data.resolve("server"));
        Files.writeString(Files.createDirectories(volume.resolve("world")).resolve("level.dat"), "x");
        return volume;
    }

    private long left() throws IOException {
        try (var trees = Files.list(data.resolve(".rookery-deleted"))) {
            return trees.count();
        }
    }
}
