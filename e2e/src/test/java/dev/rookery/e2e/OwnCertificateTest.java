package dev.rookery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node without a domain: the panel trusts the certificate that it was told of with the one-time key, and no other. */
@Timeout(120)
class OwnCertificateTest {

    @TempDir
    Path folder;

    private Flight flight;

    private JsonNode node() {
        return flight.client().get("/api/admin/nodes/1").ok();
    }

    private void awaitReachable() {
        Eventually.holds(
                () -> "reachable, is " + node(),
                Flight.LATER,
                () -> node().path("reachable").asBoolean());
    }

    /** While the node was away nobody answered there, which is another reason. */
    private void awaitDistrust(String certificate) {
        Eventually.holds(() -> "not trusted, is " + node(), Flight.LATER, () -> {
            var found = node();
            var reason = found.path("lastError").asText();
            return !found.path("reachable").asBoolean()
                    && reason.contains("certificate is not trusted")
                    && reason.contains(certificate);
        });
    }

    @Test
    void isTrustedFromItsEnrolmentOnAndNobodyElseIs() throws IOException {
        try (var taken = Flight.takeWithOwnCertificate(folder, "docker.socket=unix:///nonexistent.sock");
                var page = taken.client().listen()) {
            assertThat(page).isNotNull();
            flight = taken;
            awaitReachable();
            var certificate = node().path("certificate").asText();
            assertThat(flight.node().log()).contains("SHA-256 fingerprint " + certificate);
            var key = flight.client()
                    .post("/api/admin/nodes/1/enrolment-key", "{}")
                    .ok();
            assertThat(key.path("command").asText()).endsWith(" --self-signed");

            flight.node().close();
            var tls = folder.resolve("node").resolve("tls");
            Files.delete(tls.resolve("node.crt"));
            Files.delete(tls.resolve("node.key"));
            flight.restartNode();

            awaitDistrust(certificate);

            flight.enrolNode();

            awaitReachable();
            assertThat(node().path("certificate").asText()).isNotEqualTo(certificate);
        }
    }
}
