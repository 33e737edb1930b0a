package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Caller;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms that browsers send with a signed URL. Source: node API §2.8. */
class SignedUploadTest {

    private static final String HEAD = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\n";

    @TempDir
    Path files;

    private final TokenUser user = new TokenUser(UUID.randomUUID(), OptionalLong.empty());
    private EdgeFixture edge;
    private TestNode.TestServer server;
    private TokenSigner signer;

    @AfterEach
    void stop() {
        edge.close();
    }

    private void start(Dialect dialect) {
        edge = new EdgeFixture(files, options -> options.dialect(dialect).uploadLimitBytes(1 << 20), limits -> limits);
        server = edge.node.add(ServerState.OFFLINE);
        signer = TokenSigner.builder(EdgeFixture.CREDENTIALS)
                .dialect(dialect)
                .panelUrl(EdgeFixture.PANEL)
                .nodeUrl("https://node.example.com")
                .clock(edge.clock)
                .build();
    }

    /** CVE-2026-54593: a token for something else is none for an upload. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"PELICAN", "PTERODACTYL"})
    void cve202654593TakesNoTokenThatIsForSomethingElse(Dialect dialect) throws IOException {
        start(dialect);
        var caller = new Caller.User(
                user.uuid(),
                Permissions.of(Permission.CONNECT, Permission.FILE_CREATE, Permission.FILE_UPDATE),
                "",
                edge.clock.instant().plus(Duration.ofMinutes(5)));
        for (var token : List.of(
                signer.console(server.id, caller),
                signer.fileDownload(server.id, user, "/a.txt"),
                signer.backupDownload(server.id, user, BackupId.random()))) {
            var answer = upload(token.text(), form("a.txt"));
            assertThat(answer.statusCode())
                    .as(token.token().getClass().getSimpleName())
                    .isIn(403, 404);
        }
        try (var left = Files.list(files)) {
            assertThat(left).isEmpty();
        }
        assertThat(upload(signer.upload(server.id, user).text(), form("a.txt")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsOfEachFileThatWasStored() {
        start(Dialect.PELICAN);
        var token = signer.upload(server.id, user).text();
        assertThat(upload(token, form("told")).statusCode()).isEqualTo(200);
        assertThat(upload(token, form("told")).statusCode()).as("used").isNotEqualTo(200);
        assertThat(upload(signer.upload(server.id, user).text(), form("deaf")).statusCode())
                .as("whoever does not listen changes nothing")
                .isEqualTo(200);
        assertThat(edge.uploads)
                .containsExactly(
                        server.id + " " + user.uuid() + " 127.0.0.1  told",
                        server.id + " " + user.uuid() + " 127.0.0.1  deaf");
    }

    @Test
    void refusesABodyThatCannotBeGoodBeforeItIsRead() throws IOException {
        start(Dialect.PELICAN);
        var token = signer.upload(server.id, user).text();
        try (var line = edge.socket()) {
            line.getOutputStream()
                    .write(("POST /upload/file?token=" + token + " HTTP/1.1\r\nHost: n\r\nContent-Length: "
                                    + (1L << 40)
                                    + "\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var status = new String(line.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(status).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void takesNoEndlessNumberOfFiles() {
        start(Dialect.PELICAN);
        var body = new StringBuilder();
        for (int i = 0; i <= 1000; i++) {
            body.append(HEAD.formatted("f" + i)).append("\r\n");
        }

        var answer = upload(signer.upload(server.id, user).text(), body + "--b--\r\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("More than 1000 files");
    }

    private static String form(String name) {
        return HEAD.formatted(name) + "content\r\n--b--\r\n";
    }

    private HttpResponse<String> upload(String token, String body) {
        return edge.send(HttpRequest.newBuilder(edge.uri("/upload/file?token=" + token))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
