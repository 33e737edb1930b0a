package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.ProxyPanel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a panel does with its proxy, whichever engine it is and wherever it keeps its routes. */
abstract class EngineCases extends ProxyCases {

    @Override
    abstract ProxyPanel start(Path folder) throws IOException;

    @Test
    void aRouteAnswersUntilItIsGoneAndAgainAfterARollBack() throws IOException {
        var made = proxy.admin().post("/api/routes", proxy.route("lobby", "lobby.example.net"));
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        assertThat(proxy.visit("lobby.example.net")).startsWith("200 one GET /");
        long with = proxy.revision();

        proxy.change("DELETE", "/api/routes/lobby", null).ok();
        assertThat(proxy.visit("lobby.example.net")).startsWith("404");

        var back = proxy.admin()
                .post("/api/proxy/revisions/" + with + "/rollback", "{}")
                .ok();
        assertThat(back.path("outcome").asText()).as("%s", back).isEqualTo("APPLIED");
        assertThat(proxy.visit("lobby.example.net")).startsWith("200 one GET /");
        assertThat(proxy.state().path("applied").asBoolean()).isTrue();
    }
}
