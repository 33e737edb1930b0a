package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ImageListener;
import dev.rookery.api.spi.ImageRequest;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.DockerOptions.RegistryLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A current engine pulls from a real registry that wants a password. */
@Tag("current-engine")
@Tag("registry")
@Timeout(120)
class RegistryFunctionalTest {

    @TempDir
    static Path folder;

    private static TestRegistry registry;
    private static ExecutorService threads;
    private static final String REFUSAL = """
            HTTP/1.1 401 X\r
            WWW-Authenticate: Basic realm="give it to me"\r
            Content-Length: 0\r
            Connection: close\r
            \r
            """;
    private static final CancelSignal NEVER = CancelSignal.create();

    private final List<String> pulled = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void begin() throws Exception {
        threads = Executors.newCachedThreadPool();
        registry = new TestRegistry(folder);
    }

    @AfterAll
    static void end() throws Exception {
        registry.close();
        threads.shutdownNow();
    }

    @AfterEach
    void removeImages() throws Exception {
        registry.mend();
        for (var image : pulled) {
            new ProcessBuilder("docker", "-H", System.getenv("ROOKERY_CURRENT_ENGINE"), "rmi", image)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    @Test
    void pullsWithItsPasswordAndTellsOfEachLayer() throws Exception {
        var image = image("games/private", "1", 1);
        var layers = new Layers();
        try (var environment = environment(Map.of(registry.domain() + "/games", login(TestRegistry.PASSWORD)))) {
            environment.provide(new ImageRequest(image, false), layers, NEVER);
        }

        assertThat(layers.completed).hasSize(2);
        assertThat(layers.greatest.values()).contains((long) TestRegistry.LAYER_BYTES + 1536);
        assertThat(layers.lines).anyMatch(line -> line.contains("Pull complete"));
    }

    @Test
    void saysThatAPasswordIsMissingOrWrongWithoutShowingIt() throws Exception {
        var image = image("games/secret", "1", 10);
        for (var logins : List.of(
                Map.<String, RegistryLogin>of(),
                Map.of(registry.domain() + "/gam", login(TestRegistry.PASSWORD)),
                Map.of(registry.domain(), login("wr0ng-passw0rd")))) {
            try (var environment = environment(logins)) {
                assertThatThrownBy(() -> environment.provide(new ImageRequest(image, false), line -> {}, NEVER))
                        .isInstanceOf(NotFoundException.class)
                        .hasMessageContaining(image)
                        .hasMessageMatching("(?s).*(no basic auth credentials|unauthorized|authentication required).*")
                        .message()
                        .doesNotContain("wr0ng-passw0rd", TestRegistry.PASSWORD);
            }
        }
    }

    @Test
    void givesTheRegistryNextDoorNoPassword() throws Exception {
        var heard = new CopyOnWriteArrayList<String>();
        try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> askForPasswords(other, heard));
            var domain = "127.0.0.1:" + other.getLocalPort();

            pullInVain(domain, Map.of(registry.domain(), login(TestRegistry.PASSWORD)));
            assertThat(heard).isNotEmpty().noneMatch(head -> head.contains("authorization:"));

            pullInVain(domain, Map.of(domain, login("for you")));
            assertThat(heard)
                    .describedAs("the password for it does arrive")
                    .anyMatch(head -> head.contains("authorization: basic "));
        }
    }

    /** A registry that refuses everything until it is given a password, and again then. */
    private static void askForPasswords(ServerSocket server, List<String> heard) {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                var buffer = new byte[16 << 10];
                int count = connection.getInputStream().read(buffer);
                // The engine tries TLS first, whose greeting does not begin with a letter.
                if (count > 0 && Character.isLetter(buffer[0])) {
                    heard.add(new String(buffer, 0, count, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
                    connection.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // The engine went away, or the test is over.
            }
        }
    }

    private void pullInVain(String domain, Map<String, RegistryLogin> logins) {
        try (var environment = environment(logins)) {
            assertThatThrownBy(() ->
                            environment.provide(new ImageRequest(domain + "/games/x:1", false), line -> {}, NEVER))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void saysWhyAPullBrokeOffInTheMiddleOfALayerAndRepeatsIt() throws Exception {
        var image = image("games/broken", "1", 20);
        try (var environment = environment(Map.of(registry.domain(), login(TestRegistry.PASSWORD)))) {
            registry.breakAfter(TestRegistry.LAYER_BYTES / 2);
            var layers = new Layers();

            assertThatThrownBy(() -> environment.provide(new ImageRequest(image, false), layers, NEVER))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("cannot be pulled and is not on this node");
            assertThat(layers.completed).hasSizeLessThan(2);

            registry.mend();
            environment.provide(new ImageRequest(image, false), line -> {}, NEVER);
            pulled.add(image);
        }
    }

    @Test
    void usesTheImageThatIsThereWhileTheRegistryIsBroken() throws Exception {
        var image = image("games/there", "1", 30);
        try (var environment = environment(Map.of(registry.domain(), login(TestRegistry.PASSWORD)))) {
            environment.provide(new ImageRequest(image, false), line -> {}, NEVER);
            registry.put("games/there", "1", 40);
            registry.breakAfter(TestRegistry.LAYER_BYTES / 2);
            var layers = new Layers();

            environment.provide(new ImageRequest(image, false), layers, NEVER);

            assertThat(layers.lines)
                    .anyMatch(line -> line.startsWith("Cannot pull the image, using the one that is here:"));
        }
    }

    private String image(String repository, String tag, long seed) throws IOException, InterruptedException {
        registry.put(repository, tag, seed);
        var image = registry.domain() + "/" + repository + ":" + tag;
        pulled.add(image);
        return image;
    }

    private static RegistryLogin login(String password) {
        return new RegistryLogin(TestRegistry.USER, password);
    }

    private static DockerEnvironment environment(Map<String, RegistryLogin> logins) {
        return new DockerEnvironment(
                DockerOptions.builder()
                        .socket(System.getenv("ROOKERY_CURRENT_ENGINE"))
                        .registries(logins)
                        .pullTimeout(Duration.ofMinutes(1))
                        .build(),
                new EnvironmentContext(UUID.randomUUID(), folder, Clock.systemUTC(), threads::execute));
    }

    private static final class Layers implements ImageListener {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final List<String> completed = new CopyOnWriteArrayList<>();
        private final Map<String, Long> greatest = new ConcurrentHashMap<>();

        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void layer(String layer, LayerStep step, long doneBytes, long totalBytes) {
            if (step == LayerStep.COMPLETED) {
                completed.add(layer);
            }
            greatest.merge(layer, totalBytes, Math::max);
        }
    }
}
