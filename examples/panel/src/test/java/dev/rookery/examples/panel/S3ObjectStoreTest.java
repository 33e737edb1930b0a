package dev.rookery.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.panel.Panel;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.s3.S3ObjectStore;
import dev.rookery.panel.s3.S3Options;
import dev.rookery.panel.s3.S3OptionsBuilder;
import dev.rookery.panel.spi.BackupRecord.State;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.testing.node.FakeNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The library's object store against a foreign S3 server. It takes any signature; those are proven by Amazon's examples. */
@Tag("s3")
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit starts the server before the first test
class S3ObjectStoreTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String EGG = """
            {"meta": {"version": "PTDL_v2"}, "name": "Echo", "author": "me@example.org", "description": "",
             "docker_images": {"Echo": "rookery/echo:1"}, "startup": "echo",
             "config": {"files": "{}", "startup": "{\\"done\\": \\"ready\\"}", "logs": "{}", "stop": "stop"},
             "scripts": {"installation": {"script": "echo", "container": "rookery/echo:1", "entrypoint": "sh"}},
             "variables": []}
            """;

    private static S3Server server;
    private final S3ObjectStore store = new S3ObjectStore(server.options());
    private final String key = ServerId.random() + "/" + UUID.randomUUID() + ".tar.gz";

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = S3Server.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void putsPartsTogetherOnceAndForAll() throws Exception {
        var upload = store.begin(key);
        var parts = uploaded(store.sign(key, upload, 2, HOUR), "hello ", "world");

        store.complete(key, upload, parts);
        store.complete(key, upload, parts);

        var got = get(store.download(key, HOUR));
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("hello world");
        assertThat(got.headers().firstValue("Content-Type")).contains("application/x-gzip");
        store.delete(key);
        store.delete(key);
        assertThat(get(store.download(key, HOUR)).statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhatIsWrong() {
        var wrong = new S3ObjectStore(copy().accessKey("wrong").build());
        var away = new S3ObjectStore(
                copy().endpoint(URI.create("http://127.0.0.1:9")).build());

        assertThatThrownBy(() -> wrong.begin(key))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("InvalidAccessKeyId");
        assertThatThrownBy(() -> away.begin(key)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aBackupGoesThereAndComesBack() {
        var panelStore = new InMemoryPanelStore();
        var now = Instant.now();
        var record = panelStore.nodes().add(NewNode.of("one", URI.create("http://127.0.0.1:8080"), now));
        long egg = panelStore
                .eggs()
                .add(new NewEgg("e1", "Echo", "me@example.org", "", "PTDL_v2", EGG, now))
                .id();
        var panel = new AtomicReference<Panel>();
        try (var node = FakeNode.create(later(panel));
                var service = PanelService.builder(panelStore, any -> node, new ReadEggInterpreter())
                        .objectStore(store)
                        .options(PanelOptions.builder().backupPartBytes(64).build())
                        .build()) {
            panel.set(service.forNode(record.id()));
            service.start();
            var spec = ServerSpec.builder()
                    .name("lobby")
                    .eggId(egg)
                    .image("rookery/echo:1")
                    .build();
            var id = service.create(record.id(), UUID.randomUUID(), spec, List.of())
                    .id();
            await().until(() -> panelStore.servers().find(id).orElseThrow().status() == ServerStatus.READY);
            var order = BackupOrder.builder().adapter(BackupAdapter.S3).build();
            var backup = service.backups().create(id, order).id();
            await().until(() -> service.backups().find(id, backup).orElseThrow().state() == State.COMPLETE);
            var address = service.backups().download(id, backup, HOUR).orElseThrow();
            assertThat(address.toString()).contains(id + "/" + backup + ".tar.gz");

            service.backups().restore(id, backup, true);
            await().until(() -> panelStore.operations().list(id).isEmpty());
            assertThat(panelStore.servers().find(id).orElseThrow().life().reason())
                    .isEmpty();
            service.backups().delete(id, backup);
            await().until(() -> service.backups().list(id).isEmpty());
            assertThat(get(address).statusCode()).isEqualTo(404);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Node and panel need each other. */
    private static Panel later(AtomicReference<Panel> panel) {
        return (Panel) Proxy.newProxyInstance(
                Panel.class.getClassLoader(), new Class<?>[] {Panel.class}, (proxy, method, args) -> {
                    try {
                        return method.invoke(panel.get(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private S3OptionsBuilder copy() {
        return S3Options.builder().from(server.options());
    }

    private static List<BackupPart> uploaded(List<URI> addresses, String... contents)
            throws IOException, InterruptedException {
        var parts = new ArrayList<BackupPart>();
        for (var content : contents) {
            var answer = put(addresses.get(parts.size()), content);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            parts.add(new BackupPart(answer.headers().firstValue("ETag").orElseThrow(), parts.size() + 1));
        }
        return parts;
    }

    private static HttpResponse<String> put(URI address, String content) throws IOException, InterruptedException {
        // What a daemon sends along, which the signature must not depend on.
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-gzip")
                .PUT(HttpRequest.BodyPublishers.ofString(content))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
