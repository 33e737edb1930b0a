package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.examples.panel.LocalEngine;
import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.examples.panel.proxy.EngineChoice.CertbotChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators see of the certificates that are got for the panel's nginx. */
@Tag("nginx")
class CertificateApiTest {

    @TempDir
    Path folder;

    @Test
    void tellsWhyANameHasNoCertificateAndWhenItIsAskedForAgain() throws IOException {
        var certbot = new CertbotChoice(
                certbot("echo '  Detail: nobody answers at lobby.example.net'; exit 1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (var engine = LocalEngine.nginx(folder.resolve("nginx"), Optional.of(certbot));
                var proxy = ProxyPanel.start(folder, engine)) {
            assertThat(certificates(proxy)).isEmpty();

            var route = proxy.route("lobby", "lobby.example.net").replace("plain-http", "public");
            var made = proxy.admin().post("/api/routes", route);

            assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
            await().untilAsserted(() -> assertThat(certificates(proxy))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.path("domain").asText()).isEqualTo("lobby.example.net");
                        assertThat(one.path("said").asText()).contains("nobody answers at lobby.example.net");
                        assertThat(one.has("expires")).isFalse();
                        assertThat(Instant.parse(one.path("nextAt").asText())).isAfter(Instant.now());
                    }));
            var counts = proxy.admin().get("/api/proxy").body().path("counts");
            assertThat(counts.path("certificates").asInt()).isEqualTo(1);
        }
    }

    private static Iterable<JsonNode> certificates(ProxyPanel proxy) throws IOException {
        return proxy.admin().get("/api/proxy/certificates").body().path("items");
    }

    /** Returns a program in place of certbot. */
    private String certbot(String does) throws IOException {
        var script = Files.createFile(
                folder.resolve("certbot"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(script, "#!/bin/sh\n" + does + "\n").toString();
    }
}
