package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.spi.DiskQuotas;
import dev.rookery.api.spi.DiskQuotas.Amount;
import dev.rookery.api.spi.DiskQuotasProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node whose servers' disk limits somebody else keeps. */
@Timeout(120)
abstract class DiskQuotaFunctional {

    static final int MEBIBYTE = 1 << 20;
    private static final UUID NODE = UUID.fromString("00000000-0000-0000-0000-000000000003");

    final MemoryPanel panel = new MemoryPanel();
    final MemoryEnvironment environment = new MemoryEnvironment();
    final ServerId id = ServerId.random();
    Path root;
    Daemon daemon;

    /** Returns an empty directory for the node. */
    abstract Path folder() throws IOException;

    abstract DiskQuotasProvider provider();

    @BeforeEach
    void begin() throws IOException {
        root = folder();
    }

    @AfterEach
    void end() {
        if (daemon != null) {
            daemon.close();
        }
    }

    final void start(Optional<DiskQuotasProvider> provider) {
        var builder = Daemon.builder(
                        DaemonOptions.builder(NODE, root)
                                .system(SystemOptions.builder(root)
                                        .diskCheckInterval(Duration.ofHours(1))
                                        .build())
                                .build(),
                        panel)
                .environment(context -> environment);
        provider.ifPresent(builder::diskQuotas);
        daemon = builder.build();
        daemon.start();
    }

    final void start() {
        start(Optional.of(provider()));
    }

    /** Makes the panel say how much the server may take. */
    final void define(int mebibytes) {
        panel.configurations.put(
                id,
                TestNode.configuration(
                        id,
                        TestNode.GAME,
                        settings -> settings.skipEggScripts(true)
                                .build(Build.builder()
                                        .memoryMebibytes(64)
                                        .diskMebibytes(mebibytes)
                                        .build()),
                        new ProcessConfiguration.Stop("command", "stop")));
        panel.scripts.put(id, new InstallScript("x", "sh", ""));
    }

    /** A server that was created, and is offline. */
    final void create(int mebibytes) {
        define(mebibytes);
        panel.installs.clear();
        daemon.node().createServer(new CreateServer(id, false));
        await().until(() -> !panel.installs.isEmpty());
    }

    /** A server that runs. */
    final void running(int mebibytes) {
        create(mebibytes);
        server().power(PowerAction.START);
        await().until(() -> environment.started.contains(id.toString()));
        environment.print(id.toString(), "Done (0.2s)!");
        await().until(() -> server().details().state().equals(ServerState.RUNNING));
    }

    final NodeServer server() {
        return daemon.node().server(id);
    }

    final Path volume() {
        return root.resolve("volumes").resolve(id.toString());
    }

    final DiskQuotas quotas() throws IOException {
        return provider().open(root.resolve("volumes"));
    }

    final int project() throws IOException {
        return quotas().projectOf(volume());
    }

    final long usedBytes() {
        return server().details().utilization().diskBytes();
    }

    static Content random(int bytes) {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Content.of(content);
    }

    @Test
    void aServersLimitIsThatOfItsProjectAndFollowsThePanel() throws IOException {
        start();
        running(4);
        int project = project();
        assertThat(project).isPositive();
        assertThat(quotas().limits(project)).isEqualTo(Amount.ofBytes(4 * MEBIBYTE));
        define(8);
        server().sync();
        await().untilAsserted(() -> assertThat(quotas().limits(project)).isEqualTo(Amount.ofBytes(8 * MEBIBYTE)));
        define(0);
        server().sync();
        await().untilAsserted(() -> assertThat(quotas().limits(project)).isEqualTo(Amount.NONE));
    }

    @Test
    void whatTheGameWritesIsKnownWithoutACount() throws IOException {
        start();
        running(4);
        var world = volume().resolve("world");
        Files.write(world, new byte[3 * MEBIBYTE]);
        assertThat(usedBytes()).isBetween(3L * MEBIBYTE, 3L * MEBIBYTE + (64 << 10));
        assertThatThrownBy(() -> server().files().write("more", random(2 * MEBIBYTE)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not enough disk space");
        assertThat(volume().resolve("more")).doesNotExist();
        Files.delete(world);
        server().files().write("more", random(2 * MEBIBYTE));
        assertThat(usedBytes()).isBetween(2L * MEBIBYTE, 2L * MEBIBYTE + (64 << 10));
    }

    @Test
    void aFileIsReplacedWhenOnlyTheDifferenceIsLeft() throws IOException {
        start();
        create(4);
        server().files().write("a", random(3 * MEBIBYTE));
        server().files().write("a", random(3 * MEBIBYTE + MEBIBYTE / 2));
        assertThat(Files.size(volume().resolve("a"))).isEqualTo(3 * MEBIBYTE + MEBIBYTE / 2);
        assertThatThrownBy(() -> server().files().write("a", random(5 * MEBIBYTE)))
                .hasMessageContaining("not enough disk space");
        server().files().delete("/", List.of("a"));
        assertThat(usedBytes()).isLessThan(64 << 10);
    }

    @Test
    void whatIsPackedAndUnpackedCountsOnce() throws IOException {
        start();
        create(8);
        server().files().write("a", random(3 * MEBIBYTE));
        // More than half of what is left, and written where it is counted at once.
        var packed = server().files()
                .compress(new CompressRequest("/", List.of("a"), Optional.of("packed"), ArchiveFormat.TAR_GZ));
        server().files().delete("/", List.of("a"));
        server().files().decompress("/", packed.name());
        assertThat(Files.size(volume().resolve("a"))).isEqualTo(3 * MEBIBYTE);
        assertThat(usedBytes()).isBetween(6L * MEBIBYTE, 6L * MEBIBYTE + (128 << 10));
        assertThatThrownBy(() -> server().files()
                        .compress(new CompressRequest("/", List.of("a"), Optional.of("again"), ArchiveFormat.TAR_GZ)))
                .hasMessageContaining("not enough disk space");
    }

    @Test
    void aDeletedServersProjectIsWithoutALimitAndNeverAnothers() throws IOException {
        start();
        running(4);
        int project = project();
        Files.write(volume().resolve("world"), new byte[MEBIBYTE]);
        server().delete();
        await().until(() -> !Files.exists(volume()));
        assertThat(quotas().limits(project)).isEqualTo(Amount.NONE);
        await().until(() -> daemon.node().servers().isEmpty());
        environment.started.clear();
        running(4);
        assertThat(project()).isPositive().isNotEqualTo(project);
    }

    @Test
    void whatWasChangedWhileTheNodeWasDownIsSetRight() throws IOException {
        start();
        create(4);
        server().files().write("a", random(MEBIBYTE));
        int project = project();
        daemon.close();
        quotas().limit(project, Amount.NONE);
        define(6);
        start();
        await().untilAsserted(() -> assertThat(quotas().limits(project)).isEqualTo(Amount.ofBytes(6 * MEBIBYTE)));
        assertThat(project()).isEqualTo(project);
    }

    @Test
    void whatAServerHadBeforeComesUnderItsLimit() throws IOException {
        start(Optional.empty());
        create(4);
        server().files().write("a/b", random(3 * MEBIBYTE));
        daemon.close();
        start();
        assertThatThrownBy(() -> server().files().write("more", random(2 * MEBIBYTE)))
                .hasMessageContaining("not enough disk space");
        assertThat(quotas().projectOf(volume().resolve("a/b"))).isPositive();
        assertThat(usedBytes()).isBetween(3L * MEBIBYTE, 3L * MEBIBYTE + (64 << 10));
    }

    @Test
    void aServerWhoseDirectoryWasExchangedComesUnderItsLimitAgain() throws IOException {
        start();
        create(4);
        server().files().write("a", random(MEBIBYTE));
        int project = project();
        daemon.close();
        Files.move(volume(), root.resolve("old"));
        Files.createDirectory(volume());
        Files.write(volume().resolve("b"), new byte[MEBIBYTE]);
        start();
        await("what runs is known")
                .until(() -> server().details().condition().activity().isEmpty());
        server().power(PowerAction.START);
        await().until(() -> environment.started.contains(id.toString()));
        assertThat(quotas().projectOf(volume().resolve("b"))).isEqualTo(project);
    }
}
