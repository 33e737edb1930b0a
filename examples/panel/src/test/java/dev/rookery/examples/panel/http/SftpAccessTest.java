package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.NodeId;
import dev.rookery.api.RookeryException;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.testing.Eventually;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in over SFTP, as a node asks. */
class SftpAccessTest {

    @TempDir
    Path folder;

    private TestPanel panel;
    private String server;
    private String sub;

    @BeforeEach
    void start() {
        panel = TestPanel.start(folder);
        panel.user("owner");
        sub = panel.user("sub");
        server = panel.serverOf("owner");
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void wantsThePermissionForSftp() {
        assertRefused(password("sub", TestPanel.PASSWORD));
        panel.share(server, "sub", List.of("file.read"));
        assertRefused(password("sub", TestPanel.PASSWORD));
        change("file.read", "file.sftp");

        var authority = logIn(password("sub", TestPanel.PASSWORD));

        assertThat(authority.user()).isEqualTo(UUID.fromString(sub));
        assertThat(authority.permissions().allows(Permission.FILE_READ)).isTrue();
        assertThat(authority.permissions().allows(Permission.FILE_DELETE)).isFalse();
        assertThat(logIn(password("OWNER", TestPanel.PASSWORD)).permissions().allows(Permission.FILE_DELETE))
                .isTrue();
        assertRefused(password("sub", "not my password"));
    }

    @Test
    void takesTheKeysOfTheAccountAsLongAsTheyAreThere() {
        panel.share(server, "sub", List.of("file.sftp"));
        var browser = panel.client("sub");
        var key = key("first");
        assertRefused(key("sub", key));

        var added = browser.post("/api/account/ssh-keys", newKey("laptop", key + " me@laptop"))
                .ok();

        var fingerprint = added.path("items").path(0).path("fingerprint").asText();
        assertThat(fingerprint).startsWith("SHA256:");
        assertThat(logIn(key("sub", key)).user()).isEqualTo(UUID.fromString(sub));
        assertRefused(key("owner", key));
        assertRefused(key("sub", key("second")));
        assertThat(browser.post("/api/account/ssh-keys", newKey("again", key)).errorCode())
                .isEqualTo("conflict");
        assertThat(browser.post("/api/account/ssh-keys", newKey("bad", "ssh-dss AAAA"))
                        .status())
                .isEqualTo(422);

        assertThat(browser.delete("/api/account/ssh-keys?fingerprint=" + fingerprint.replace("+", "%2B"))
                        .status())
                .isEqualTo(204);
        assertRefused(key("sub", key));
        var ended = new Deauthorization(UUID.fromString(sub), List.of());
        Eventually.holds(
                "sessions with the key end",
                Duration.ofSeconds(5),
                () -> panel.node().deauthorizations().contains(ended));
    }

    @Test
    void keepsDisabledUsersOut() {
        panel.share(server, "sub", List.of("file.sftp"));
        var key = key("first");
        panel.client("sub").post("/api/account/ssh-keys", newKey("laptop", key)).ok();
        panel.admin().put("/api/admin/users/" + sub, "{\"disabled\":true}").ok();

        assertRefused(password("sub", TestPanel.PASSWORD));
        assertRefused(key("sub", key));
    }

    private void change(String... permissions) {
        var body = PanelClient.JSON.createObjectNode();
        List.of(permissions).forEach(body.putArray("permissions")::add);
        panel.admin()
                .put("/api/servers/" + server + "/users/" + sub, body.toString())
                .ok();
    }

    private SftpAuthority logIn(SftpLogin login) {
        return panel.application().service().forNode(new NodeId(1)).authorizeSftp(login);
    }

    private void assertRefused(SftpLogin login) {
        assertThatThrownBy(() -> logIn(login)).isInstanceOf(RookeryException.class);
    }

    private SftpLogin password(String username, String password) {
        return SftpLogin.builder(name(username), password).build();
    }

    private SftpLogin key(String username, String key) {
        return SftpLogin.builder(name(username), key)
                .method(SftpLogin.Method.PUBLIC_KEY)
                .build();
    }

    private String name(String username) {
        return username + "." + server.substring(0, 8);
    }

    private static String newKey(String name, String key) {
        return PanelClient.JSON
                .createObjectNode()
                .put("name", name)
                .put("publicKey", key)
                .toString();
    }

    /** Returns a key as it stands in a file: the letters of the type, then 32 bytes. */
    private static String key(String seed) {
        var type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(4 + type.length + 4 + 32)
                .putInt(type.length)
                .put(type)
                .putInt(32)
                .put(seed.getBytes(StandardCharsets.US_ASCII))
                .array();
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(bytes);
    }
}
