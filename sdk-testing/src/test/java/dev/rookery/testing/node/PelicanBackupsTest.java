package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.s3.S3ObjectStore;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The panel library has Pelican's own daemon make, restore and delete backups, on the daemon's disk and in an object store. */
@Tag("docker")
@Tag("foreign")
@Timeout(180)
class PelicanBackupsTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final AtomicReference<ForeignWings> WINGS = new AtomicReference<>();

    private static ObjectStoreProgram objects;
    private static PanelService service;
    private static ServerId server;

    @BeforeAll
    static void start(@TempDir Path data, @TempDir Path kept) throws IOException, InterruptedException {
        objects = ObjectStoreProgram.start(kept);
        var store = new InMemoryPanelStore();
        service = PanelService.builder(store, node -> WINGS.get().node(), new ReadEggInterpreter())
                .objectStore(new S3ObjectStore(objects.options()))
                .build();
        var node = store.nodes().add(NewNode.of("pelican", URI.create("http://127.0.0.1:8080"), Instant.now()));
        WINGS.set(ForeignWings.start(Dialect.PELICAN, data, node.credentials(), service.forNode(node.id())));
        service.start();
        var spec = ServerSpec.builder(ForeignWings.idleEgg(store)).name("kept").build();
        server = service.create(node.id(), UUID.randomUUID(), spec, List.of()).id();
        awaitReady();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        var wings = WINGS.get();
        if (wings != null) {
            wings.close();
        }
        if (objects != null) {
            objects.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wings", "s3"})
    void aBackupBringsBackWhatWasThere(String adapter) throws IOException {
        write("kept");
        var order = BackupOrder.builder()
                .name("before the change")
                .adapter(new BackupAdapter(adapter))
                .build();

        var backup = service.backups().create(server, order).id();
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(service.backups().find(server, backup))
                        .map(BackupRecord::state)
                        .contains(BackupRecord.State.COMPLETE));
        assertThat(service.backups().find(server, backup).orElseThrow().sizeBytes())
                .isPositive();
        write("changed");

        service.backups().restore(server, backup, false);
        awaitReady();
        assertThat(read()).isEqualTo("kept");

        service.backups().delete(server, backup);
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(service.backups().list(server)).isEmpty());
    }

    private static void awaitReady() {
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(service.store()
                                .servers()
                                .find(server)
                                .orElseThrow()
                                .life())
                        .matches(life -> life.status() == ServerStatus.READY
                                && life.reason().isEmpty()));
    }

    private static NodeFiles files() {
        return service.onNode(server, Caller.panel(), LONGEST).files();
    }

    private static void write(String text) {
        files().write("world.txt", Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String read() throws IOException {
        try (var content = files().read("world.txt")) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
