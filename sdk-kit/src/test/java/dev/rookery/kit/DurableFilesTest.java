package dev.rookery.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

    @TempDir
    private Path directory;

    @Test
    void createsAndReplacesAFile() throws IOException {
        var file = directory.resolve("config.yml");

        DurableFiles.write(file, "one".getBytes(UTF_8), DurableFiles.READABLE);
        DurableFiles.write(file, "two".getBytes(UTF_8), DurableFiles.READABLE);

        assertThat(file).hasContent("two");
        assertThat(names()).containsExactly("config.yml");
    }

    @Test
    void givesSecretsToTheOwnerOnly() throws IOException {
        var file = directory.resolve("token");

        DurableFiles.write(file, "secret".getBytes(UTF_8), DurableFiles.PRIVATE);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(DurableFiles.PRIVATE);
    }

    @Test
    void leavesTheOldFileWhenWritingFails() throws IOException {
        var file = Files.writeString(directory.resolve("data"), "old");

        assertThatThrownBy(() -> DurableFiles.write(file, DurableFiles.READABLE, out -> {
                    out.write('x');
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("data");
    }

    @Test
    void replacesAnEmptyOrMissingTargetAcrossDirectories() throws IOException {
        var source = Files.writeString(directory.resolve("a"), "new");
        DurableFiles.createDirectories(directory.resolve("x/y"));

        DurableFiles.replace(source, directory.resolve("x/y/b"));

        assertThat(directory.resolve("x/y/b")).hasContent("new");
        assertThat(source).doesNotExist();
    }

    @Test
    void deletesAFileAndMindsNoMissingOne() throws IOException {
        var file = Files.writeString(directory.resolve("a"), "x");

        DurableFiles.delete(file);
        DurableFiles.delete(file);

        assertThat(names()).isEmpty();
    }

    @Test
    void saysWhichDirectoryIsMissing() {
        assertThatThrownBy(() -> DurableFiles.write(directory.resolve("no/file"), new byte[0], DurableFiles.READABLE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no");
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
