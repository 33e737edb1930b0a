package dev.rookery.examples.panel.proxy;

import dev.rookery.examples.panel.LocalEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** A server's domain through an nginx. */
@Tag("nginx")
class NginxDomainTest extends DomainTraffic {

    @Override
    LocalEngine engine(Path folder) throws IOException {
        return LocalEngine.nginx(folder.resolve("nginx"));
    }
}
