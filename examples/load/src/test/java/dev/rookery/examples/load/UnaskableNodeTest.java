package dev.rookery.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rookery.api.ServerId;
import dev.rookery.testing.node.NodeExtension;
import dev.rookery.wings.CertificatePin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot be asked is one sentence, an exit code, and no stack trace. */
@Timeout(120)
class UnaskableNodeTest {

    private static final String PASSWORD = "changeit";

    @RegisterExtension
    final NodeExtension node = new NodeExtension();

    @TempDir
    Path folder;

    private final InputStream standardInput = System.in;

    @AfterEach
    void giveTheInputBack() {
        System.setIn(standardInput);
    }

    @Test
    void wantsAUrlAndAToken() {
        assertThat(RunProgram.with("check-node").code()).isEqualTo(2);
        assertSentence(RunProgram.with("check-node", "--url", "node:8080", "--token", "x"), 2, "http(s)://host[:port]");
        assertSentence(RunProgram.with("check-node", "--url", node.url().toString()), 2, NodeSecret.VARIABLE);
        assertSentence(
                RunProgram.with("check-node", "--url", node.url().toString(), "--token-file", "absent"),
                2,
                "there is no file absent");
    }

    @Test
    void readsTheTokenFromTheStandardInputOrWarns() {
        var token = node.credentials().token();
        System.setIn(new ByteArrayInputStream((token + "\n").getBytes(StandardCharsets.UTF_8)));
        var piped = RunProgram.with("check-node", "--url", node.url().toString(), "--token-file", "-");
        var argued = RunProgram.with(
                "check-node",
                "--url",
                node.url().toString(),
                "--token",
                node.credentials().tokenId() + "." + token);

        assertThat(piped.code()).isZero();
        assertThat(piped.errors()).doesNotContain("warning");
        assertThat(argued.code()).isZero();
        assertThat(argued.errors()).startsWith("warning: everybody").doesNotContain(token);
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertSentence(check("http://127.0.0.1:" + port), 3, "nobody answers");
        assertSentence(check("http://no-such-host.invalid"), 3, "there is no host no-such-host.invalid");
    }

    @Test
    void saysThatTheTokenIsRefused() {
        var run = RunProgram.with("check-node", "--url", node.url().toString(), "--token", "wrong".repeat(10));

        assertSentence(run, 3, "refuses the token");
        assertThat(run.errors()).doesNotContain("wrongwrong");
    }

    @Test
    void saysThatTheServerIsNotThere() throws IOException {
        assertSentence(
                check(node.url().toString(), "--server", ServerId.random().toString()), 3, "has no server");
        assertSentence(check(node.url().toString(), "--server", "one"), 2, "server uuid: 'one'");
    }

    @Test
    void saysThatItIsNoNode() throws IOException {
        assertSentence(check(node.url() + "/elsewhere"), 3, "not as a node does");
    }

    @Test
    void saysWhereEncryptionIsMissingOrNotWanted() throws Exception {
        assertSentence(check(node.url().toString().replace("http:", "https:")), 3, "speaks plain HTTP, not HTTPS");
        var server = encrypted();
        try {
            assertSentence(check("http://127.0.0.1:" + server.getAddress().getPort()), 3, "does it speak http?");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatTheCertificateIsNotTrustedUnlessItIsPinned() throws Exception {
        var server = encrypted();
        var url = "https://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertSentence(check(url), 3, "is not trusted");
            assertSentence(check(url, "--pin", fingerprint()), 3, "not as a node does");
        } finally {
            server.stop(0);
        }
    }

    private RunProgram check(String url, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("token"), node.credentials().token());
        var arguments = new String[more.length + 5];
        System.arraycopy(
                new String[] {"check-node", "--url", url, "--token-file", file.toString()}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return RunProgram.with(arguments);
    }

    private static void assertSentence(RunProgram run, int code, String part) {
        assertThat(run.errors()).contains(part).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(run.errors().lines().filter(line -> !line.startsWith("warning")))
                .hasSize(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.code()).isEqualTo(code);
    }

    /** Returns a server with a certificate that nobody has issued. */
    private HttpsServer encrypted() throws IOException, GeneralSecurityException, InterruptedException {
        var keys = KeyStore.getInstance("PKCS12");
        makeKeys();
        try (var content = Files.newInputStream(store())) {
            keys.load(content, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        return server;
    }

    private void makeKeys() throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        store().toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=node",
                        "-ext",
                        "SAN=IP:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private String fingerprint() throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var content = Files.newInputStream(store())) {
            keys.load(content, PASSWORD.toCharArray());
        }
        return CertificatePin.of(CertificatePin.Kind.CERTIFICATE, (X509Certificate) keys.getCertificate("node"))
                .sha256();
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }
}
