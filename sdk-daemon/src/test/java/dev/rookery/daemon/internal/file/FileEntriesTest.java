package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEntriesTest {

    @TempDir
    Path folder;

    private OpenDirectory directory;

    @BeforeEach
    void open() throws IOException {
        for (int i = 0; i < 30; i++) {
            if (i % 3 == 0) {
                Files.createDirectory(folder.resolve("d" + (100 - i)));
            } else {
                Files.createFile(folder.resolve("f" + (100 - i)));
            }
        }
        directory = new OpenDirectory(NativeFiles.openDirectory(folder.toString()));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void pagesAreTogetherWhatAListIs() throws IOException {
        var names = new ArrayList<String>();
        for (int page = 1; page <= 5; page++) {
            var part = FileEntries.page(directory, page, 7);
            assertThat(part.total()).isEqualTo(30);
            part.entries().stream().map(FileEntry::name).forEach(names::add);
        }
        assertThat(names)
                .isEqualTo(
                        FileEntries.in(directory).stream().map(FileEntry::name).toList());
        assertThat(FileEntries.page(directory, 6, 7).entries()).isEmpty();
    }

    @Test
    void aListWithoutEndIsRefused() throws IOException {
        assertThat(FileEntries.in(directory, 30)).hasSize(30);
        assertThatThrownBy(() -> FileEntries.in(directory, 29))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("29");
    }

    @Test
    void ofADirectoryWithoutEndThereIsTheBeginning() throws IOException {
        assertThat(FileEntries.page(directory, 2, 10, 20).entries()).hasSize(10);
        assertThat(FileEntries.page(directory, 2, 10, 20).total()).isEqualTo(30);
        assertThatThrownBy(() -> FileEntries.page(directory, 3, 10, 20))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("first 20");
        // Where there is less, a page beyond its end is empty.
        assertThat(FileEntries.page(directory, 9, 10, 30).entries()).isEmpty();
    }
}
