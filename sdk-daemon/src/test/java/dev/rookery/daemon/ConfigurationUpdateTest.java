package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.daemon.config.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel changes a running daemon's {@code config.yml} over the wire, as far as it may. Source: node API §2.2. */
class ConfigurationUpdateTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path root;

    private Path file;
    private Daemon daemon;

    @AfterEach
    void stop() {
        daemon.close();
    }

    private void start(String more) throws IOException {
        file = Files.writeString(root.resolve("config.yml"), """
                # what people wrote stays
                uuid: 5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c
                token_id: AbCdEfGh12345678
                token: %s
                remote: https://panel.example.com
                api:
                  host: 127.0.0.1
                  port: 0
                system:
                  root_directory: %s
                  sftp: {bind_address: 127.0.0.1, bind_port: 0}
                docker:
                  socket: unix://%s
                %s
                """.formatted(
                        TOKEN, root.resolve("node"), root.resolve("absent.sock"), more));
        var config = ConfigFile.read(file, Map.of());
        daemon = Daemon.builder(config.options(), new MemoryPanel())
                .configurationFile(file)
                .build();
        daemon.start();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var url =
                URI.create("http://127.0.0.1:" + daemon.address().orElseThrow().getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .header("Authorization", "Bearer " + TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> update(String body) throws IOException, InterruptedException {
        return send("POST", "/api/update", body);
    }

    @Test
    void writesWhatThePanelMaySetAndLeavesTheRest() throws Exception {
        start("");

        var answer = update("""
                {"debug":true,"token":"%1$s","token_id":"AbCdEfGh12345678",
                 "api":{"host":"127.0.0.1","port":0,"upload_limit":256,
                        "ssl":{"enabled":false,"cert":"/etc/letsencrypt/live/n/fullchain.pem","key":"/etc/letsencrypt/live/n/privkey.pem"}},
                 "system":{"data":"/etc","root_directory":"/","sftp":{"bind_port":2023}},
                 "docker":{"socket":"tcp://192.0.2.1:2375"},
                 "allowed_mounts":["/"],"remote":"https://elsewhere.example"}""".formatted(TOKEN));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"applied\":true}");
        assertThat(Files.readString(file))
                .contains("# what people wrote stays")
                .contains("upload_limit: 256")
                .contains("bind_port: 2023")
                .contains("remote: https://panel.example.com")
                .doesNotContain("elsewhere.example", "letsencrypt", "192.0.2.1", "allowed_mounts", "data:");
        var changed = ConfigFile.read(file, Map.of()).options();
        assertThat(changed.debug()).isTrue();
        assertThat(changed.system().rootDirectory()).isEqualTo(root.resolve("node"));
        assertThat(send("GET", "/api/system", "").headers().firstValue("X-Rookery-Capabilities"))
                .hasValueSatisfying(list -> assertThat(list).contains("configuration-update"));
    }

    @Test
    void changesNothingWhereTheFileTakesNoChanges() throws Exception {
        start("ignore_panel_config_updates: true");
        var before = Files.readString(file);

        var answer = update("{\"debug\":true}");

        assertThat(answer.body()).isEqualTo("{\"applied\":false}");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void refusesWhatItCouldNotStartWith() throws Exception {
        start("");
        var before = Files.readString(file);

        var answer = update(
                "{\"api\":{\"ssl\":{\"enabled\":true,\"cert\":\"/absent/cert.pem\",\"key\":\"/absent/key.pem\"}}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("api.ssl.cert", "/absent/cert.pem").doesNotContain(TOKEN);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void isNotOfferedWithoutAFile() throws Exception {
        start("");
        daemon.close();
        daemon = Daemon.builder(ConfigFile.read(file, Map.of()).options(), new MemoryPanel())
                .build();
        daemon.start();

        var answer = update("{\"debug\":true}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-Rookery-Error")).hasValue("not-offered configuration-update");
    }
}
