package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.LocalEngine;
import dev.rookery.examples.panel.ProxyPanel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** A panel whose proxy is a Caddy that watches a file. */
@Tag("caddy")
class WatchingCaddyPanelTest extends EngineCases {

    @Override
    ProxyPanel start(Path folder) throws IOException {
        return ProxyPanel.start(folder, LocalEngine.watchingCaddy(folder.resolve("caddy")));
    }
}
