package dev.rookery.panel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.NodeId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.spi.NodeRecord;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

    private static String document(String url) {
        return document(url, Optional.empty());
    }

    private static String document(String url, Optional<String> certificate) {
        var node = new NodeRecord(
                new NodeId(1),
                UUID.fromString("6a0c9d1f-2b3c-4d5e-8f90-a1b2c3d4e5f6"),
                "n1",
                URI.create(url),
                new NodeCredentials("aB3dE5gH7jK9mN1p", "t".repeat(64)),
                Instant.EPOCH,
                Optional.empty(),
                certificate);
        return WireJson.writeText(ConfigurationDocument.of(node, URI.create("https://panel.example/")));
    }

    // Panel remote API §8
    @Test
    void writesWhatNodesExpect() {
        assertThat(document("https://Node1.example:8443")).isEqualTo("""
                        {"debug":false,"uuid":"6a0c9d1f-2b3c-4d5e-8f90-a1b2c3d4e5f6","token_id":"aB3dE5gH7jK9mN1p",\
                        "token":"tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt",\
                        "api":{"host":"0.0.0.0","port":8443,"ssl":{"enabled":true,\
                        "cert":"/etc/letsencrypt/live/node1.example/fullchain.pem",\
                        "key":"/etc/letsencrypt/live/node1.example/privkey.pem"},"upload_limit":256},\
                        "system":{"data":"/var/lib/pelican/volumes","sftp":{"bind_port":2022}},\
                        "allowed_mounts":[],"remote":"https://panel.example"}""");
    }

    @Test
    void letsANodeBehindAProxyListenWithoutTls() {
        assertThat(document("https://node1.example")).contains("\"port\":8080", "\"ssl\":{\"enabled\":false");
        assertThat(document("http://127.0.0.1:8081")).contains("\"host\":\"127.0.0.1\"", "\"port\":8081");
    }

    @Test
    void letsANodeWithACertificateOfItsOwnDoTls() {
        var own = Optional.of("0f".repeat(32));

        assertThat(document("https://203.0.113.9", own)).contains("\"port\":443", "\"ssl\":{\"enabled\":true");
        assertThat(document("https://203.0.113.9:8443", own)).contains("\"port\":8443", "\"ssl\":{\"enabled\":true");
    }
}
