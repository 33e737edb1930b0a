package dev.rookery.testing.environment;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.internal.environment.docker.DockerEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the environments of the daemon are opened with. */
abstract class OwnEnvironmentContract extends ServerEnvironmentContract {

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

    static EnvironmentContext context(UUID node) {
        return new EnvironmentContext(node, state, Clock.systemUTC(), threads::execute);
    }

    /** One of an engine that speaks Docker's API. */
    abstract static class Docker extends OwnEnvironmentContract {

        private static final UUID NODE = UUID.randomUUID();

        /** Returns which engine, and how. */
        abstract DockerOptions options();

        @Override
        protected ServerEnvironment open() {
            var environment = new DockerEnvironment(options(), context(NODE));
            environment.prepare(CancelSignal.create());
            return environment;
        }

        @Override
        protected String image() {
            return "rookery/test:1";
        }
    }
}
