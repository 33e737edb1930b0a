package dev.rookery.daemon.internal.environment.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessWatcherTest {

    @TempDir
    Path folder;

    private final List<String> ended = new ArrayList<>();

    /** Its members were ended, and with them the wrapper that had been started a moment ago. */
    @Test
    void takesNothingForEndedThatHasNotBegun() throws IOException {
        var process = new ProcessFolder("id", folder, "name", Map.of(), false);
        var watcher = new ProcessWatcher(List::of, one -> ended.add(one.id()));
        watcher.started("id");

        watcher.tellEnds(List.of(process));
        assertThat(ended).as("before its wrapper begins").isEmpty();

        Files.copy(Path.of("/proc/self/stat"), folder.resolve("wrapper"));
        watcher.tellEnds(List.of(process));
        assertThat(ended).as("while its wrapper lives").isEmpty();

        Files.copy(Path.of("/proc/1/stat"), folder.resolve("wrapper"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("exit"), "0");
        watcher.tellEnds(List.of(process));
        watcher.tellEnds(List.of(process));
        assertThat(ended).containsExactly("id");
    }
}
