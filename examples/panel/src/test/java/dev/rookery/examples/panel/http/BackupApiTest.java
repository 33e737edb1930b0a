package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.PanelSettings;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.panel.spi.ActivityRecord;
import dev.rookery.testing.Eventually;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups over HTTP: made, looked at, restored, locked, loaded down and deleted, by those who may. */
class BackupApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LIMIT = 2;

    @TempDir
    Path folder;

    private final AtomicReference<UnaryOperator<Node>> between = new AtomicReference<>(UnaryOperator.identity());
    private TestPanel panel;
    private PanelClient owner;
    private String server;
    private String backups;

    /** Browsers are sent to nodes that have addresses for them; the one of these tests has none at first. */
    @BeforeEach
    void start() {
        var settings = new PanelSettings(Optional.empty(), LIMIT, true, Optional.empty());
        panel = TestPanel.start(
                Database.open(folder), settings, node -> between.get().apply(node));
        panel.user("owner");
        panel.user("sub");
        server = panel.serverOf("owner");
        owner = panel.client("owner");
        backups = "/api/servers/" + server + "/backups";
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void makesABackupGivesItAwayAndBringsItBack() throws Exception {
        write("kept");
        var id = made("{\"name\": \"before\", \"ignoredFiles\": \"*.log\\n\\ncache\"}");
        var list = owner.get(backups).ok();
        assertThat(list.path("offered").asBoolean()).isTrue();
        assertThat(list.path("place").asText()).isEqualTo("node");
        assertThat(list.path("limit").asInt()).isEqualTo(LIMIT);
        var backup = list.at("/items/0");
        assertThat(backup.path("name").asText()).isEqualTo("before");
        assertThat(backup.path("ignoredFiles")).extracting(JsonNode::asText).containsExactly("*.log", "cache");
        assertThat(backup.path("sizeBytes").asLong()).isPositive();

        var answer = owner.open(backups + "/" + id + "/content");
        assertThat(answer.headers().firstValue("content-disposition").orElse(""))
                .contains(".tar.gz");
        try (var body = answer.body()) {
            var digest = MessageDigest.getInstance("SHA-1").digest(body.readAllBytes());
            assertThat(backup.path("checksum").asText())
                    .isEqualTo("sha1:" + HexFormat.of().formatHex(digest));
        }
        write("changed");
        owner.post(backups + "/" + id + "/restore", "{\"truncate\": true}").ok();
        Eventually.holds(
                () -> "restored: " + owner.status(server),
                SOON,
                () -> owner.status(server).equals("ready") && read().equals("kept"));

        owner.delete(backups + "/" + id).ok();
        Eventually.holds(() -> "deleted: " + items(), SOON, () -> items().isEmpty());
        assertThat(owner.get(backups + "/" + id + "/content").errorCode()).isEqualTo("backup_not_found");
        assertThat(events()).containsExactly("delete", "restore", "download", "start");
    }

    @Test
    void aLockedBackupStays() {
        var id = made("{\"locked\": true}");
        assertThat(owner.delete(backups + "/" + id).errorCode()).isEqualTo("backup_locked");
        var path = backups + "/" + id + "/locked";
        assertThat(owner.put(path, "{\"locked\": false}").ok().path("locked").asBoolean())
                .isFalse();
        owner.delete(backups + "/" + id).ok();
        Eventually.holds(() -> "deleted: " + items(), SOON, () -> items().isEmpty());
        assertThat(events()).containsExactly("delete", "unlock", "start");
    }

    @Test
    void refusesMoreThanThereMayBeUnlessAScheduleMakesRoom() {
        var oldest = made("{}");
        made("{}");
        assertThat(owner.post(backups, "{}").errorCode()).isEqualTo("backup_limit");

        var schedule = PanelClient.JSON
                .createObjectNode()
                .put("name", "nightly")
                .put("cron", "0 0 1 1 *")
                .put("zone", "UTC");
        schedule.putArray("tasks").addObject().put("action", "backup").put("payload", "*.log");
        var schedules = "/api/servers/" + server + "/schedules";
        var created = owner.post(schedules, schedule.toString()).ok();
        owner.post(schedules + "/" + created.path("id").asText() + "/run", "").ok();
        Eventually.holds(
                () -> "the oldest made room: " + items(),
                SOON,
                () -> items().size() == LIMIT
                        && !items().findValuesAsText("id").contains(oldest)
                        && items().findValuesAsText("state").equals(List.of("complete", "complete")));
    }

    @Test
    void saysThatANodeMakesNone() {
        panel.node().offers(Set.of(Capability.SERVER_LIFECYCLE));
        assertThat(owner.get(backups).ok().path("offered").asBoolean()).isFalse();
        assertThat(owner.post(backups, "{}").errorCode()).isEqualTo("backups_not_offered");
    }

    @Test
    void saysWhatIsWrong() {
        var unknown = backups + "/5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c";
        assertThat(owner.delete(unknown).errorCode()).isEqualTo("backup_not_found");
        assertThat(owner.put(backups + "/x/locked", "{\"locked\": true}").errorCode())
                .isEqualTo("backup_not_found");
        assertThat(owner.post(backups, "{\"name\": \"" + "x".repeat(192) + "\"}")
                        .status())
                .isEqualTo(422);
        var id = made("{}");
        assertThat(owner.post(backups + "/" + id + "/restore", "{}").errorCode())
                .isEqualTo("validation");
    }

    @Test
    void whoMayNotDeleteBackupsDoesNotLockThem() {
        panel.share(server, "sub", List.of("backup.read", "backup.create"));
        var sub = panel.client("sub");
        assertThat(sub.post(backups, "{\"locked\": true}").status()).isEqualTo(403);
        assertThat(sub.post(backups, "{\"locked\": false}").status()).isEqualTo(202);
        Eventually.holds(
                () -> "complete: " + items(),
                SOON,
                () -> items().findValuesAsText("state").equals(List.of("complete")));
    }

    @Test
    void otherServersHaveOtherBackups() {
        var id = made("{}");
        panel.user("other");
        var others = "/api/servers/" + panel.serverOf("other") + "/backups/" + id;
        var other = panel.client("other");
        assertThat(other.delete(others).errorCode()).isEqualTo("backup_not_found");
        assertThat(other.get(others + "/content").errorCode()).isEqualTo("backup_not_found");
        assertThat(other.post(others + "/restore", "{\"truncate\": true}").errorCode())
                .isEqualTo("backup_not_found");
        assertThat(other.put(others + "/locked", "{\"locked\": true}").errorCode())
                .isEqualTo("backup_not_found");
    }

    @Test
    void sendsBrowsersToTheNodeIfThatIsWanted() throws IOException {
        panel.node().offers(Set.of(Capability.BACKUPS, Capability.SERVER_LIFECYCLE, Capability.SIGNED_URLS));
        var id = made("{}");
        panel.share(server, "sub", List.of("backup.read", "file.read"));
        var web = webNode();
        try {
            var address = "http://127.0.0.1:" + web.getAddress().getPort();
            var client = HttpNode.builder(URI.create(address), NodeCredentials.random(new SecureRandom()))
                    .client(new OkHttpClient())
                    .dialect(Dialect.PELICAN)
                    .build();
            between.set(node -> client);
            var content = "/api/servers/" + server + "/files/content?path=/world.txt";
            var file = owner.open(content);
            assertThat(file.statusCode()).isEqualTo(302);
            assertThat(location(file)).startsWith(address + "/download/file?token=");
            assertThat(file.headers().firstValue("referrer-policy")).contains("no-referrer");
            assertThat(file.headers().firstValue("cache-control")).contains("no-store");
            var backup = owner.open(backups + "/" + id + "/content");
            assertThat(location(backup)).startsWith(address + "/download/backup?token=");

            var sub = panel.client("sub");
            assertThat(sub.open(content).statusCode()).isEqualTo(403);
            assertThat(sub.open(backups + "/" + id + "/content").statusCode()).isEqualTo(403);
        } finally {
            web.stop(0);
        }
    }

    /** What a client asks a node before it makes addresses for it. */
    private static HttpServer webNode() throws IOException {
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/api/system", exchange -> {
            var body = "{\"version\": \"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        web.start();
        return web;
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("location").orElse("");
    }

    private String made(String body) {
        var id = owner.post(backups, body).ok().path("id").asText();
        Eventually.holds(
                () -> "backup " + id + " is complete: " + items(),
                SOON,
                () -> items().findParents("id").stream()
                        .anyMatch(item -> item.path("id").asText().equals(id)
                                && item.path("state").asText().equals("complete")));
        return id;
    }

    private JsonNode items() {
        return owner.get(backups).ok().path("items");
    }

    private List<String> events() {
        return panel.application().service().store().activity().list(TestPanel.id(server), Long.MAX_VALUE, 100).stream()
                .map(ActivityRecord::entry)
                .map(entry -> entry.event().replace("server:backup.", ""))
                .toList();
    }

    private void write(String text) {
        files().write("world.txt", Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read() {
        try (var content = files().read("world.txt")) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private NodeFiles files() {
        return panel.application()
                .service()
                .onNode(TestPanel.id(server), Caller.panel())
                .files();
    }
}
