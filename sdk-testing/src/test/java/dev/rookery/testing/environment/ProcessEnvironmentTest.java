package dev.rookery.testing.environment;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.internal.environment.process.ProcessEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Child processes of this machine. */
@Tag("root")
class ProcessEnvironmentTest extends ServerEnvironmentContract {

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
        var environment = new ProcessEnvironment(
                new EnvironmentContext(UUID.randomUUID(), state, Clock.systemUTC(), threads::execute), "off");
        environment.prepare(CancelSignal.create());
        return environment;
    }

    @Override
    protected String image() {
        return "none";
    }
}
