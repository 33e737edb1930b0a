package dev.rookery.testing.proxy;

import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.FileStoreOptions;
import dev.rookery.proxy.store.RouteStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** Files do what a store has to do. */
class FileRouteStoreTest extends RouteStoreContract {

    private static final int ALL = 1_000;

    @TempDir
    Path folder;

    @Override
    protected RouteStore open() {
        return FileRouteStore.open(
                folder.resolve("state"), new FileStoreOptions(ALL, Duration.ofDays(1), Duration.ofMinutes(1)));
    }
}
