package dev.rookery.testing.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.daemon.internal.environment.docker.DockerEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of a current engine, of which {@code scripts/current-engine} starts one beside that of the machine. */
@Tag("current-engine")
class CurrentDockerEnvironmentTest extends ServerEnvironmentContract {

    private static final UUID NODE = UUID.randomUUID();

    @TempDir
    static Path state;

    private static ExecutorService threads;

    @BeforeAll
    static void begin() {
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void end() {
        threads.shutdownNow();
    }

    @Override
    protected ServerEnvironment open() {
        // Networks of both engines are bridges of one machine: names and addresses of its own.
        var network = NetworkOptions.builder()
                .name("rookery_current")
                .networkMode("rookery_current")
                .bridgeName("rookery-cu0")
                .subnet("10.214.3.0/24")
                .gateway("10.214.3.1")
                .build();
        var environment = new DockerEnvironment(
                DockerOptions.builder()
                        .socket(System.getenv("ROOKERY_CURRENT_ENGINE"))
                        .network(network)
                        .build(),
                new EnvironmentContext(NODE, state, Clock.systemUTC(), threads::execute));
        environment.prepare(CancelSignal.create());
        return environment;
    }

    @Override
    protected String image() {
        return "rookery/test:1";
    }

    @Test
    void isNewerThanTheOldestThatIsSupported() {
        try (var environment = open()) {
            var version = environment
                    .images()
                    .orElseThrow()
                    .engine(CancelSignal.create())
                    .version();

            assertThat(Integer.parseInt(version.substring(0, version.indexOf('.'))))
                    .isGreaterThanOrEqualTo(26);
        }
    }
}
