package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.daemon.internal.machine.SelfSigned;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while the edge runs. */
@Timeout(60)
class TlsReloadTest {

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;
    private SelfSigned first;
    private SelfSigned second;

    @BeforeEach
    void make() throws IOException {
        first = SelfSigned.in(folder.resolve("first"), List.of(), Clock.systemUTC());
        second = SelfSigned.in(folder.resolve("second"), List.of(), Clock.systemUTC());
        certificate = folder.resolve("live.crt");
        key = folder.resolve("live.key");
        install(first);
    }

    private void install(SelfSigned pair) throws IOException {
        Files.copy(pair.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(pair.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private EdgeFixture edge() {
        return new EdgeFixture(
                folder,
                options -> options.tls(new HttpEdgeOptions.Tls(certificate, key)),
                limits -> limits.tlsCheck(Duration.ofMillis(20)));
    }

    private static SSLSocket connect(EdgeFixture edge) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", edge.edge.port());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    private static String shown(EdgeFixture edge) throws IOException, GeneralSecurityException {
        try (var socket = connect(edge)) {
            return fingerprint(socket);
        }
    }

    private static String fingerprint(SSLSocket socket) throws IOException, GeneralSecurityException {
        var shown = socket.getSession().getPeerCertificates()[0];
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(shown.getEncoded()));
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /api/x HTTP/1.1\r\nHost: n\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    @Test
    void showsTheRenewedOneToNewConnectionsAndKeepsTheOpenOnes() throws Exception {
        try (var edge = edge();
                var open = connect(edge)) {
            assertThat(fingerprint(open)).isEqualTo(first.sha256());

            install(second);

            await().atMost(Duration.ofSeconds(10)).until(() -> shown(edge).equals(second.sha256()));
            assertThat(ask(open)).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void staysWithTheOldOneWhereTheNewOneIsNoPair() throws Exception {
        try (var edge = edge()) {
            Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            lookTwice();
            assertThat(shown(edge)).as("the key is the old one").isEqualTo(first.sha256());

            Files.writeString(certificate, "nonsense");
            lookTwice();
            assertThat(shown(edge)).isEqualTo(first.sha256());

            Files.delete(certificate);
            lookTwice();
            assertThat(shown(edge)).isEqualTo(first.sha256());

            install(second);
            await().atMost(Duration.ofSeconds(10)).until(() -> shown(edge).equals(second.sha256()));
        }
    }

    /** Looks at the files ourselves as the edge does, so that its own look has surely happened or changes nothing. */
    private void lookTwice() throws IOException {
        install(first, folder.resolve("copy"));
        var files = TlsFiles.open(new HttpEdgeOptions.Tls(folder.resolve("copy.crt"), folder.resolve("copy.key")));
        var before = files.context();
        if (Files.exists(certificate)) {
            Files.copy(certificate, folder.resolve("copy.crt"), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(folder.resolve("copy.crt"));
        }
        files.look();
        files.look();
        assertThat(files.context()).isSameAs(before);
    }

    private static void install(SelfSigned pair, Path name) throws IOException {
        Files.copy(
                pair.certificate(),
                name.resolveSibling(name.getFileName() + ".crt"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(pair.key(), name.resolveSibling(name.getFileName() + ".key"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The fingerprint is compared by the test.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
