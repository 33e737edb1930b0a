package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.node.PowerAction;
import dev.rookery.api.spi.DiskQuotas;
import dev.rookery.api.spi.DiskQuotasProvider;
import dev.rookery.daemon.internal.quota.ProjectQuotas;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that the kernel keeps, on the file system that {@code ROOKERY_PROJECT_QUOTAS} names a folder of. */
@Tag("root")
@Tag("project-quotas")
@Timeout(600)
class KernelQuotaFunctionalTest extends DiskQuotaFunctional {

    /** The machine that has such a file system may be an emulated one. */
    @BeforeAll
    static void waitLonger() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @AfterAll
    static void waitAsOthersDo() {
        Awaitility.reset();
    }

    @Override
    Path folder() throws IOException {
        return Files.createTempDirectory(Path.of(System.getenv("ROOKERY_PROJECT_QUOTAS")), "node-");
    }

    @Override
    DiskQuotasProvider provider() {
        return ProjectQuotas::open;
    }

    @Test
    void theGameIsRefusedByTheKernelAndGoesOn() throws IOException, InterruptedException {
        start();
        running(4);
        var game = new ProcessBuilder(
                        "setpriv",
                        "--reuid",
                        user(),
                        "--regid",
                        user(),
                        "--clear-groups",
                        "head",
                        "-c",
                        "8M",
                        "/dev/zero")
                .redirectOutput(owned(volume().resolve("world"), Integer.parseInt(user())))
                .start();
        var said = new String(game.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(game.waitFor()).isNotZero();
        // XFS says of projects what others say of disks.
        assertThat(said).containsAnyOf("quota exceeded", "No space left");
        assertThat(usedBytes()).isBetween(3L * MEBIBYTE, 4L * MEBIBYTE);
        assertThat(environment.processes.get(id.toString()).running()).isTrue();
    }

    @Test
    void limitsThatAreSwitchedOffAreTakenBack() throws IOException {
        start();
        create(4);
        server().files().write("a/b", random(MEBIBYTE));
        daemon.close();
        start(Optional.empty());
        await().until(() -> quotas().projectOf(volume().resolve("a/b")) == DiskQuotas.NO_PROJECT);
        server().files().write("a/b", random(2 * MEBIBYTE));
        assertThat(Files.size(volume().resolve("a/b"))).isEqualTo(2 * MEBIBYTE);
    }

    @Test
    void filesThatTheGameTookOutOfItsLimitComeBackAtItsNextStart() throws IOException, InterruptedException {
        start();
        create(4);
        server().files().write("world", random(MEBIBYTE));
        var world = volume().resolve("world");
        var out = new ProcessBuilder(
                        "setpriv", "--reuid", user(), "--regid", user(), "--clear-groups", "chattr", "-p", "0", "world")
                .directory(volume().toFile())
                .inheritIO()
                .start();
        assertThat(out.waitFor()).isZero();
        assertThat(quotas().projectOf(world)).isEqualTo(DiskQuotas.NO_PROJECT);
        server().power(PowerAction.START);
        await().until(() -> environment.started.contains(id.toString()));
        assertThat(quotas().projectOf(world)).isEqualTo(project());
    }

    private String user() {
        return Integer.toString(SystemOptions.builder(root).build().uid());
    }

    private static File owned(Path file, int user) throws IOException {
        Files.createFile(file);
        Files.setAttribute(file, "unix:uid", user);
        return file.toFile();
    }
}
