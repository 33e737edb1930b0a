package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.RequestMatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests through a real Caddy. */
@Tag("caddy")
class CaddyTrafficTest extends AccessTraffic {

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

    /** Braces in the name of a parameter are braces, and not what the environment says. */
    @Test
    void comparesParametersAsTheyAre() throws IOException {
        run(
                route("a", one)
                        .addDomains("a.example.net")
                        .match(new RequestMatch(List.of(), Map.of(), Map.of("{env.HOME}", "*"))),
                route("b", two).addDomains("a.example.net"));

        assertThat(get("a.example.net", "/?%7Benv.HOME%7D=1").text()).startsWith("one");
        assertThat(get("a.example.net", "/?" + System.getenv("HOME") + "=1").text())
                .startsWith("two");
    }

    @AfterEach
    void stop() {
        caddy.close();
    }
}
