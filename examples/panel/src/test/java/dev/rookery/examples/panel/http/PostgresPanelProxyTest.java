package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.LocalEngine;
import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.examples.panel.sql.PostgresCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** A panel that keeps its routes in PostgreSQL. */
@Tag("caddy")
@Tag("postgres")
class PostgresPanelProxyTest extends EngineCases {

    @Override
    ProxyPanel start(Path folder) throws IOException {
        var cluster = PostgresCluster.shared();
        var database = Database.connect(cluster.newDatabase(), Optional.of(cluster.password()));
        return ProxyPanel.start(folder, LocalEngine.caddy(folder.resolve("caddy")), database);
    }
}
