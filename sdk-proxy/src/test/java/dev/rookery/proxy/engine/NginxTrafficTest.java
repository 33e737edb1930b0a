package dev.rookery.proxy.engine;

import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.nginx.NginxProgram;
import dev.rookery.proxy.route.Issuer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** Requests, connections and datagrams through a real nginx. */
@Tag("nginx")
class NginxTrafficTest extends ConnectionTraffic {

    private NginxEngine nginx;

    @Override
    ProxyEngine engine() {
        nginx = NginxEngine.of(NginxEngineOptions.builder(folder.resolve("nginx"))
                .user(RunningNginx.user())
                .build());
        return nginx;
    }

    @Override
    Issuer certificate() throws Exception {
        return new NginxProgram(folder).certificate();
    }

    @AfterEach
    void stop() {
        nginx.restore(new Running("", new Candidate(0, Map.of())));
    }
}
