package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.RookeryException;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.CertificatePin;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node without a domain makes its own certificate, and its panel pins that. On both loopback addresses. */
@Timeout(60)
class SelfSignedPinTest {

    @TempDir
    Path root;

    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());

    private Daemon start(String host) {
        var daemon = Daemon.builder(
                        DaemonOptions.builder(UUID.randomUUID(), root)
                                .credentials(credentials)
                                .api(ApiOptions.builder()
                                        .host(host)
                                        .port(0)
                                        .selfSigned(true)
                                        .build())
                                .docker(DockerOptions.builder()
                                        .socket("unix://" + root.resolve("absent.sock"))
                                        .build())
                                .build(),
                        new FakePanel())
                .build();
        daemon.start();
        return daemon;
    }

    private HttpNode node(Daemon daemon, String host, CertificatePin pin) {
        var literal = host.contains(":") ? "[" + host + "]" : host;
        var port = daemon.address().orElseThrow().getPort();
        return HttpNode.builder(URI.create("https://" + literal + ":" + port), credentials)
                .pins(pin)
                .build();
    }

    private CertificatePin pin() throws IOException, CertificateException {
        try (var file = Files.newInputStream(root.resolve("tls/node.crt"))) {
            return CertificatePin.of(CertificatePin.Kind.CERTIFICATE, (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void isTrustedByItsFingerprint(String host) throws Exception {
        try (var daemon = start(host)) {
            assertThat(node(daemon, host, pin()).system().cpuCount()).isPositive();
        }
    }

    @Test
    void isNotTrustedByAnotherOne() {
        try (var daemon = start("127.0.0.1")) {
            var stranger = node(daemon, "127.0.0.1", CertificatePin.certificate("ab".repeat(32)));

            assertThatThrownBy(stranger::system).isInstanceOf(RookeryException.class);
        }
    }

    @Test
    void keepsItsFingerprintOverRestarts() throws Exception {
        start("127.0.0.1").close();
        var before = pin();

        try (var daemon = start("127.0.0.1")) {
            assertThat(pin()).isEqualTo(before);
            assertThat(node(daemon, "127.0.0.1", before).system().cpuCount()).isPositive();
        }
    }
}
