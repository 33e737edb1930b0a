package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.ProxyPanel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A panel with a proxy of its own for each test. */
abstract class ProxyCases {

    @TempDir
    Path folder;

    ProxyPanel proxy;

    /** Starts the panel; with a Caddy that it drives, unless a test says otherwise. */
    ProxyPanel start(Path folder) throws IOException {
        return ProxyPanel.start(folder);
    }

    @BeforeEach
    final void start() throws IOException {
        proxy = start(folder);
    }

    @AfterEach
    void stop() {
        proxy.close();
    }
}
