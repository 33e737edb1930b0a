package dev.rookery.testing.quota;

import dev.rookery.api.spi.DiskQuotas;
import dev.rookery.daemon.internal.quota.ProjectQuotas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The quotas of the kernel, on the file system that {@code ROOKERY_PROJECT_QUOTAS} names a folder of. */
@Tag("root")
@Tag("project-quotas")
class ProjectQuotasTest extends DiskQuotasContract {

    private static final String NOBODY = "65534";

    @TempDir
    Path ours;

    private Path made;

    @Override
    protected Path folder() throws IOException {
        made = Files.createTempDirectory(Path.of(System.getenv("ROOKERY_PROJECT_QUOTAS")), "contract-");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        return made;
    }

    @Override
    protected DiskQuotas open(Path folder) throws IOException {
        return ProjectQuotas.open(folder);
    }

    @Override
    protected boolean write(Path file, long bytes) throws IOException {
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        return bounded("head -c " + bytes + " /dev/zero > '" + file + "' && sync '" + file + "'");
    }

    /** Runs a command of a shell as nobody. */
    private boolean bounded(String command) throws IOException {
        var process = new ProcessBuilder(
                        "setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ours.resolve("output").toFile())
                .start();
        try {
            boolean done = process.waitFor() == 0;
            var said = Files.readString(ours.resolve("output"));
            // XFS says of projects what others say of disks.
            if (!done && !said.contains("quota exceeded") && !said.contains("No space left")) {
                throw new IOException(command + ": " + said);
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
