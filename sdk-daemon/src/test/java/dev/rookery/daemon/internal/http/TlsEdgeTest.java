package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The edge behind a certificate, where files cannot go by {@code sendfile}. */
@Timeout(60)
class TlsEdgeTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int SIZE = 20 * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void servesAndTakesFilesOverTls() throws Exception {
        var store = selfSigned();
        var certificate = pem("CERTIFICATE", store.getCertificate("node").getEncoded());
        var key = pem("PRIVATE KEY", store.getKey("node", PASSWORD).getEncoded());
        try (var edge = new EdgeFixture(
                folder, options -> options.tls(new HttpEdgeOptions.Tls(certificate, key)), limits -> limits)) {
            var client = HttpClient.newBuilder().sslContext(trusting(store)).build();
            byte[] bytes = new byte[SIZE];
            new Random(1).nextBytes(bytes);
            var server = edge.node.add(ServerState.OFFLINE).id;
            var path = "https://localhost:" + edge.edge.port() + "/api/servers/" + server + "/files/";

            var written = client.send(
                    request(path + "write?file=big.bin")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var read = client.send(
                    request(path + "contents?file=big.bin").GET().build(), HttpResponse.BodyHandlers.ofByteArray());

            assertThat(written.statusCode()).as(written.body()).isEqualTo(204);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).isEqualTo(bytes);
            assertThat(read.sslSession().orElseThrow().getProtocol()).startsWith("TLSv1.");
        }
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", EdgeFixture.CREDENTIALS.panelToNode());
    }

    private KeyStore selfSigned() throws IOException, InterruptedException, GeneralSecurityException {
        var file = folder.resolve("node.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private Path pem(String type, byte[] der) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private static SSLContext trusting(KeyStore store) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("node", store.getCertificate("node"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
