package dev.rookery.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.sql.Database;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The panel's backups in a foreign S3 server, loaded down through the panel or from there. */
@Tag("s3")
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit starts the server before the first test
class BackupStoreTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static S3Server objects;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        objects = S3Server.start(data);
    }

    @AfterAll
    static void stop() {
        objects.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsBackupsThereAndGivesThemAway(boolean direct) throws Exception {
        var settings = new PanelSettings(Optional.of(objects.options()), 1, direct, Optional.empty());
        try (var panel = TestPanel.start(Database.open(folder), settings, UnaryOperator.identity())) {
            panel.user("owner");
            var backups = "/api/servers/" + panel.serverOf("owner") + "/backups";
            var owner = panel.client("owner");
            var path = backups + "/" + owner.post(backups, "{}").ok().path("id").asText();
            Eventually.holds(
                    () -> "complete: " + owner.get(backups).body(),
                    SOON,
                    () -> owner.get(backups).ok().at("/items/0/state").asText().equals("complete"));
            var item = owner.get(backups).ok().at("/items/0");
            assertThat(item.path("place").asText()).isEqualTo("store");

            var answer = owner.open(path + "/content");
            assertThat(answer.statusCode()).isEqualTo(direct ? 302 : 200);
            assertThat(answer.headers().firstValue("location").isPresent()).isEqualTo(direct);
            byte[] archive = answer.statusCode() == 302
                    ? fetched(answer.headers().firstValue("location").orElseThrow())
                    : answer.body().readAllBytes();
            assertThat(item.path("checksum").asText()).isEqualTo("sha1:" + sha1(archive));

            owner.delete(path).ok();
            Eventually.holds(
                    () -> "deleted: " + owner.get(backups).body(),
                    SOON,
                    () -> owner.get(backups).ok().path("items").isEmpty());
        }
    }

    private static byte[] fetched(String address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static String sha1(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    }
}
