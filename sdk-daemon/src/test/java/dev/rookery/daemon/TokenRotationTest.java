package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import dev.rookery.daemon.config.ConfigFile;
import dev.rookery.daemon.internal.http.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The panel gives a running node another token: it holds at once, the one before for some minutes. Source: node API §2.2. */
@Timeout(60)
class TokenRotationTest {

    private static final NodeCredentials OLD = NodeCredentials.random(new SecureRandom());
    private static final NodeCredentials NEW = NodeCredentials.random(new SecureRandom());

    @TempDir
    Path root;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final RotatingCredentials credentials = RotatingCredentials.of(OLD, clock);
    private final List<Boolean> debug = new ArrayList<>();
    private Path file;
    private Daemon daemon;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(root.resolve("config.yml"), """
                uuid: 5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c
                token_id: %s
                token: %s
                remote: https://panel.example.com
                api: {host: 127.0.0.1, port: 0}
                system: {root_directory: %s, sftp: {bind_address: 127.0.0.1, bind_port: 0}}
                docker: {socket: "unix://%s"}
                """.formatted(
                        OLD.tokenId(), OLD.token(), root.resolve("node"), root.resolve("absent.sock")));
        daemon = Daemon.builder(ConfigFile.read(file, Map.of()).options(), new MemoryPanel())
                .configurationFile(file)
                .credentials(credentials)
                .clock(clock)
                .log(new DaemonLog() {
                    @Override
                    public void debug(boolean on) {
                        debug.add(on);
                    }
                })
                .build();
        daemon.start();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private HttpResponse<String> send(NodeCredentials by, String method, String path, String body)
            throws IOException, InterruptedException {
        var url =
                URI.create("http://127.0.0.1:" + daemon.address().orElseThrow().getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .header("Authorization", by.panelToNode())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private int system(NodeCredentials by) throws IOException, InterruptedException {
        return send(by, "GET", "/api/system", "").statusCode();
    }

    /** A link signed with some credentials: 404 is the answer to a good one for a server that is not there. */
    private int download(NodeCredentials by) throws IOException, InterruptedException {
        var link = TokenSigner.builder(by)
                .panelUrl("https://panel.example.com")
                .nodeUrl("https://node.example.com")
                .clock(clock)
                .build()
                .fileDownload(ServerId.random(), TokenUser.of(UUID.randomUUID()), "/a.txt");
        return send(by, "GET", "/download/file?token=" + link.text(), "").statusCode();
    }

    private HttpResponse<String> rotate() throws IOException, InterruptedException {
        return send(
                OLD,
                "POST",
                "/api/update",
                "{\"debug\":true,\"token_id\":\"" + NEW.tokenId() + "\",\"token\":\"" + NEW.token() + "\"}");
    }

    @Test
    void takesTheNewTokenAtOnceAndTheOldOneForTenMinutes() throws Exception {
        assertThat(system(NEW)).isEqualTo(403);

        var answer = rotate();

        assertThat(answer.body()).isEqualTo("{\"applied\":true}");
        assertThat(system(NEW)).isEqualTo(200);
        assertThat(system(OLD)).isEqualTo(200);
        clock.advance(Duration.ofMinutes(9));
        assertThat(system(OLD)).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        assertThat(system(OLD)).isEqualTo(403);
        assertThat(system(NEW)).isEqualTo(200);
        assertThat(ConfigFile.read(file, Map.of()).options().credentials()).hasValue(NEW);
    }

    @Test
    void judgesLinksByBothAndNamesTheNewOne() throws Exception {
        assertThat(download(NEW)).isEqualTo(403);

        rotate();

        assertThat(download(NEW)).isEqualTo(404);
        assertThat(download(OLD)).isEqualTo(404);
        assertThat(send(OLD, "GET", "/api/system", "").headers().firstValue("User-Agent"))
                .hasValueSatisfying(name -> assertThat(name).endsWith("(id:" + NEW.tokenId() + ")"));
        clock.advance(Duration.ofMinutes(11));
        assertThat(download(OLD)).isEqualTo(403);
        assertThat(download(NEW)).isEqualTo(404);
    }

    @Test
    void presentsTheNewTokenToThePanelAndTellsTheLog() throws Exception {
        rotate();

        assertThat(credentials.get()).isEqualTo(NEW);
        assertThat(debug).containsExactly(true);
        var report =
                send(NEW, "GET", "/api/diagnostics?include_endpoints=true", "").body();
        assertThat(report).contains("Rookery node").doesNotContain(OLD.token(), NEW.token());
    }

    @Test
    void keepsTheTokenWhereTheFileTakesNoChanges() throws Exception {
        Files.writeString(file, Files.readString(file) + "ignore_panel_config_updates: true\n");

        assertThat(rotate().body()).isEqualTo("{\"applied\":false}");
        assertThat(system(NEW)).isEqualTo(403);
        assertThat(credentials.get()).isEqualTo(OLD);
    }

    /** A token is often exchanged because it leaked. */
    @Test
    void isNotExchangedByATokenThatWasExchangedItself() throws Exception {
        rotate();
        var third = NodeCredentials.random(new SecureRandom());
        var takeOver = "{\"token_id\":\"" + third.tokenId() + "\",\"token\":\"" + third.token() + "\"}";

        var refused = send(OLD, "POST", "/api/update", takeOver);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain(third.token());
        assertThat(credentials.get()).isEqualTo(NEW);
        assertThat(ConfigFile.read(file, Map.of()).options().credentials()).hasValue(NEW);
        assertThat(rotate().statusCode())
                .as("a panel that did not hear the answer repeats itself")
                .isEqualTo(200);
        assertThat(send(NEW, "POST", "/api/update", takeOver).statusCode()).isEqualTo(200);
        assertThat(credentials.get()).isEqualTo(third);
    }
}
