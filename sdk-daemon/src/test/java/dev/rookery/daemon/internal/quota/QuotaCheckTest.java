package dev.rookery.daemon.internal.quota;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.daemon.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems that limit no projects, and what is said of them. */
class QuotaCheckTest {

    @TempDir
    Path folder;

    @Test
    void namesAFileSystemOfAnotherKind() {
        assertThatThrownBy(() -> ProjectQuotas.open(Path.of("/proc")))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("/proc is on proc \\(.*\\), which has no quotas of directories"
                        + " \\(expected: ext4 or XFS\\)");
    }

    @Test
    @Tag("root")
    void namesWhatAnExt4LacksThatWasMadeWithoutProjects() throws IOException {
        try (var disk = SmallDisk.mount(folder, 16)) {
            assertThatThrownBy(() -> ProjectQuotas.open(disk.directory()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(disk.directory() + " is on ext4 (/dev/loop")
                    .hasMessageContaining("tune2fs -O project,quota -Q prjquota /dev/loop")
                    .hasMessageContaining("mounted with the option prjquota");
        }
    }
}
