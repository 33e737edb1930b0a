package dev.rookery.proxy.engine;

import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.route.Issuer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** Traffic through a Caddy with its plugin for connections, the one that ROOKERY_CADDY_L4 names. */
@Tag("caddy-l4")
class CaddyL4TrafficTest extends ConnectionTraffic {

    private RunningCaddy caddy;

    @Override
    ProxyEngine engine() throws Exception {
        var admin = "127.0.0.1:" + ports[0];
        var program = System.getenv("ROOKERY_CADDY_L4");
        caddy = new RunningCaddy(program, folder, admin);
        var engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                .admin(admin)
                .program(program)
                .build());
        caddy.awaitAnswer(engine);
        return engine;
    }

    @Override
    Issuer certificate() {
        return new Issuer.Internal(Optional.empty());
    }

    @AfterEach
    void stop() {
        caddy.close();
    }
}
