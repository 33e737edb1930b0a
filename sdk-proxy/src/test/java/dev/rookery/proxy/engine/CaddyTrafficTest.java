package dev.rookery.proxy.engine;

import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.route.Issuer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** Requests through a real Caddy. */
@Tag("caddy")
class CaddyTrafficTest extends ProxyTraffic {

    private RunningCaddy caddy;

    @Override
    ProxyEngine engine() throws Exception {
        var admin = "127.0.0.1:" + ports[0];
        caddy = new RunningCaddy(folder, admin);
        var engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                .admin(admin)
                .program(RunningCaddy.PROGRAM)
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
