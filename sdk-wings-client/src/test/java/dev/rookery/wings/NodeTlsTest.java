package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeTlsTest {

    private static final String SYSTEM = "{\"version\":\"1.2.3\"}";

    private final MockWebServer server = new MockWebServer();
    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws IOException {
        var url = serve(certificate("localhost"));

        assertThatThrownBy(() -> builder(url).build().system())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("certificate is not trusted");
        assertThat(server.getRequestCount()).as("nothing was sent").isZero();
    }

    @Test
    void trustsByThePinOfTheCertificateOrOfTheKey() throws IOException {
        var certificate = certificate("localhost");
        var url = serve(certificate);

        for (var kind : CertificatePin.Kind.values()) {
            answer();
            var pin = CertificatePin.of(kind, certificate.certificate());
            assertThat(builder(url).pins(pin).build().system().version()).isEqualTo("1.2.3");
        }
    }

    @Test
    void trustsAnyOfSeveralPinsWhileACertificateIsReplaced() throws IOException {
        var certificate = certificate("localhost");
        var next = CertificatePin.of(
                CertificatePin.Kind.PUBLIC_KEY, certificate("localhost").certificate());
        var url = serve(certificate);
        answer();

        assertThat(builder(url)
                        .pins(next, CertificatePin.of(CertificatePin.Kind.PUBLIC_KEY, certificate.certificate()))
                        .build()
                        .system()
                        .version())
                .isEqualTo("1.2.3");
    }

    @Test
    void saysWhichFingerprintWasSeenAndWhichExpected() throws IOException {
        var certificate = certificate("localhost");
        var url = serve(certificate);
        var pinned = CertificatePin.of(
                CertificatePin.Kind.CERTIFICATE, certificate("localhost").certificate());
        var seen = CertificatePin.of(CertificatePin.Kind.CERTIFICATE, certificate.certificate());

        assertThatThrownBy(() -> builder(url).pins(pinned).build().system())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("seen certificate " + seen.sha256())
                .hasMessageContaining("expected: certificate " + pinned.sha256());
    }

    @Test
    void pinsConsolesToo() throws IOException {
        var url = serve(certificate("localhost"));
        var pinned = CertificatePin.of(
                CertificatePin.Kind.CERTIFICATE, certificate("localhost").certificate());
        var node = builder(url).panelUrl("https://panel.example").pins(pinned).build();

        assertThatThrownBy(() -> node.server(ServerId.random()).console(ConsoleOptions.live(), event -> {}))
                .hasMessageContaining("not pinned");
        assertThat(server.getRequestCount()).as("no token was sent").isZero();
    }

    @Test
    void refusesAPinnedCertificateThatHasExpired() throws IOException {
        var expired = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .validityInterval(
                        Instant.now().minusSeconds(7200).toEpochMilli(),
                        Instant.now().minusSeconds(3600).toEpochMilli())
                .build();
        var url = serve(expired);

        assertThatThrownBy(() -> builder(url)
                        .pins(CertificatePin.of(CertificatePin.Kind.CERTIFICATE, expired.certificate()))
                        .build()
                        .system())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("NotAfter");
    }

    @Test
    void refusesACertificateOfAnotherHost() throws IOException {
        var other = certificate("other.example");
        var url = serve(other);
        var trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(other.certificate())
                .build();
        var client = new OkHttpClient.Builder()
                .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
                .build();

        assertThatThrownBy(() -> builder(url).client(client).build().system())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("localhost");
        assertThatThrownBy(() -> builder(url)
                        .pins(CertificatePin.of(CertificatePin.Kind.PUBLIC_KEY, other.certificate()))
                        .build()
                        .system())
                .as("a key may have several certificates")
                .isInstanceOf(ProtocolException.class);
    }

    /** A node behind a router does not know the address that the panel reaches it at. */
    @Test
    void needsNoNameInTheVeryCertificateThatIsPinned() throws IOException {
        var other = certificate("other.example");
        var url = serve(other);
        answer();

        assertThat(builder(url)
                        .pins(CertificatePin.of(CertificatePin.Kind.CERTIFICATE, other.certificate()))
                        .build()
                        .system()
                        .version())
                .isEqualTo("1.2.3");
    }

    @Test
    void readsFingerprintsAsTheyAreShown() {
        var hex = "AB".repeat(32);
        var colons = hex.replaceAll("(..)(?!$)", "$1:");

        assertThat(CertificatePin.certificate(colons)).isEqualTo(CertificatePin.certificate(hex));
        assertThat(CertificatePin.publicKey("sha256/q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=")
                        .sha256())
                .isEqualTo("ab".repeat(32));
        assertThatThrownBy(() -> CertificatePin.certificate("abc")).isInstanceOf(InvalidInputException.class);
    }

    private HttpNodeBuilder builder(URI url) {
        return HttpNode.builder(url, credentials);
    }

    private URI serve(HeldCertificate certificate) throws IOException {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        server.start();
        return URI.create("https://localhost:" + server.getPort());
    }

    private void answer() {
        server.enqueue(Peer.answer(200, SYSTEM).build());
    }

    private static HeldCertificate certificate(String host) {
        return new HeldCertificate.Builder().addSubjectAlternativeName(host).build();
    }
}
