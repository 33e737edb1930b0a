package dev.rookery.daemon.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.daemon.DaemonOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallFilesTest {

    @TempDir
    Path folder;

    /** CVE-2023-32080: what a script left where the next one is written led the node out to the host. */
    @Test
    void cve202332080FollowsNothingThatAnEarlierScriptLeft() throws IOException {
        var options =
                DaemonOptions.builder(UUID.randomUUID(), folder.resolve("node")).build();
        var files = new InstallFiles(options, ServerId.random());
        var host = Files.createDirectory(folder.resolve("host"));
        Files.writeString(host.resolve("passwd"), "host");
        var script = new InstallScript("image", "bash", "echo first\r\n");
        var directory = files.writeScript(script);
        Files.delete(directory.resolve("install.sh"));
        Files.createSymbolicLink(directory.resolve("install.sh"), host.resolve("passwd"));
        Files.createSymbolicLink(directory.resolve("more"), host);

        files.writeScript(script);

        assertThat(directory.resolve("install.sh")).hasContent("echo first");
        assertThat(Files.isRegularFile(directory.resolve("install.sh"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(directory).isDirectoryContaining(path -> path.endsWith("install.sh"));
        assertThat(directory).isDirectoryNotContaining(path -> path.endsWith("more"));

        files.removeScript();
        Files.createSymbolicLink(directory, host);
        files.writeScript(script);

        assertThat(host).isDirectoryNotContaining(path -> !path.endsWith("passwd"));
        assertThat(host.resolve("passwd")).hasContent("host");
    }
}
