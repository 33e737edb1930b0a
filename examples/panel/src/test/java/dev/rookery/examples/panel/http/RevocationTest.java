package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.Node;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.PanelClient.BrowserConsole;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access that is taken away ends where it is in use: at open consoles and pages, and on nodes. Over real sockets. */
class RevocationTest {

    /** And what a busy machine takes to show it. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

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
        panel.share(server, "sub", List.of("control.console", "control.start", "file.sftp"));
        // Sharing itself has nothing to end on the node.
        assertThat(panel.node().deauthorizations()).isEmpty();
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void aRemovedSubuserLosesConsoleAndSessionsAtOnce() {
        try (var console = open("sub");
                var other = open("owner")) {
            panel.client("owner")
                    .delete("/api/servers/" + server + "/users/" + sub)
                    .ok();

            assertEnds(console);
            assertThat(other.closed()).isFalse();
            assertNodeEnds(List.of(TestPanel.id(server)));
        }
        assertThat(panel.client("sub").get("/api/servers/" + server).status()).isEqualTo(404);
    }

    @Test
    void changedPermissionsEndTheConsoleAndTheNextOneIsNarrower() {
        try (var console = open("sub")) {
            panel.client("owner")
                    .put("/api/servers/" + server + "/users/" + sub, "{\"permissions\":[\"control.start\"]}")
                    .ok();

            assertEnds(console);
            assertNodeEnds(List.of(TestPanel.id(server)));
        }
        try (var narrower = open("sub")) {
            narrower.command("say hello");
            Eventually.holds(
                    "the command is refused",
                    AT_ONCE,
                    () -> narrower.frames("error").size() > 0);
            assertThat(narrower.frames("connected").get(0).path("permissions").toString())
                    .contains("control.start")
                    .doesNotContain("control.console");
        }
    }

    @Test
    void aDisabledUserIsOutEverywhere() throws IOException {
        var browser = panel.client("sub");
        try (var console = open(browser);
                var page = browser.listen()) {
            panel.admin().put("/api/admin/users/" + sub, "{\"disabled\":true}").ok();

            assertEnds(console);
            assertEnds(page);
            assertNodeEnds(List.of());
        }
        assertThat(browser.get("/api/session").status()).isEqualTo(401);
        assertThat(logIn("sub", TestPanel.PASSWORD)).isEqualTo(401);
        panel.admin().put("/api/admin/users/" + sub, "{\"disabled\":false}").ok();
        assertThat(logIn("sub", TestPanel.PASSWORD)).isEqualTo(200);
    }

    @Test
    void aResetPasswordEndsSessionsAndConsoles() {
        var browser = panel.client("sub");
        try (var console = open(browser)) {
            panel.admin()
                    .put("/api/admin/users/" + sub + "/password", "{\"password\":\"another long password\"}")
                    .ok();

            assertEnds(console);
            assertNodeEnds(List.of());
        }
        assertThat(browser.get("/api/session").status()).isEqualTo(401);
        assertThat(logIn("sub", TestPanel.PASSWORD)).isEqualTo(401);
        assertThat(logIn("sub", "another long password")).isEqualTo(200);
    }

    @Test
    void aChangedPasswordKeepsOnlyTheSessionThatChangedIt() {
        var here = panel.client("sub");
        var elsewhere = panel.client("sub");
        try (var console = open(elsewhere)) {
            var wrong = here.put(
                    "/api/account/password",
                    "{\"current\":\"not my password\",\"password\":\"another long password\"}");
            assertThat(wrong.body().path("error").path("fields").has("current")).isTrue();

            here.put(
                            "/api/account/password",
                            "{\"current\":\"" + TestPanel.PASSWORD + "\",\"password\":\"another long password\"}")
                    .ok();

            assertEnds(console);
            assertNodeEnds(List.of());
        }
        assertThat(here.get("/api/session").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/session").status()).isEqualTo(401);
    }

    @Test
    void aTicketOfBeforeOpensNothing() {
        var browser = panel.client("sub");
        var ticket = browser.post("/api/servers/" + server + "/console-ticket", "{}")
                .ok()
                .path("ticket")
                .asText();

        panel.admin().delete("/api/servers/" + server + "/users/" + sub).ok();

        try (var console = browser.attach(server, ticket)) {
            Eventually.holds("the console is refused", AT_ONCE, console::closed);
            assertThat(console.frames("connected")).isEmpty();
        }
    }

    @Test
    void accessThatAnotherProcessTakesAwayEndsTheConsoleSoon() {
        try (var console = open("sub")) {
            // As another panel on the same database does, or an administrator in a database shell.
            panel.application()
                    .people()
                    .subusers()
                    .remove(
                            TestPanel.id(server),
                            panel.application().people().require(UUID.fromString(sub)),
                            panel.application().clock().instant());

            Eventually.holds("the console ends", Duration.ofSeconds(12), console::closed);
        }
    }

    @Test
    void aNodeThatIsAwayIsToldOnceItIsBack() {
        panel.node().away(true);
        panel.admin().delete("/api/servers/" + server + "/users/" + sub).ok();
        assertThat(panel.node().deauthorizations()).isEmpty();

        panel.node().away(false);
        // The next change wakes the telling of the first.
        panel.user("third");
        panel.share(server, "third", List.of());

        assertNodeEnds(List.of(TestPanel.id(server)));
    }

    @Test
    void aNodeThatHangsIsAskedOnceAndDelaysNoOther() {
        var hanging = panel.secondNode();
        for (int i = 0; i < 10; i++) {
            hanging.script().on(Node.class, "deauthorize").delays(Duration.ofSeconds(60));
        }
        var several =
                IntStream.range(0, 8).mapToObj(i -> panel.user("user" + i)).toList();
        several.forEach(user -> panel.admin()
                .put("/api/admin/users/" + user, "{\"disabled\":true}")
                .ok());
        panel.admin().put("/api/admin/users/" + sub, "{\"disabled\":true}").ok();

        assertNodeEnds(List.of());
        assertThat(hanging.script().calls(Node.class, "deauthorize")).isLessThanOrEqualTo(1);
    }

    @Test
    void whatANodeHasMissedOfAUserIsOneCall() {
        var other = panel.serverOf("owner");
        panel.share(other, "sub", List.of("control.console"));
        panel.node().away(true);
        for (var each : List.of(server, other)) {
            panel.admin().delete("/api/servers/" + each + "/users/" + sub).ok();
        }

        panel.node().away(false);
        panel.application().people().revocation().wake();
        assertNodeEnds(Stream.of(server, other).sorted().map(TestPanel::id).toList());
    }

    @Test
    void nobodyTakesWhatHeDoesNotHold() {
        var helper = panel.user("helper");
        panel.share(server, "helper", List.of("user.read", "user.delete", "control.console"));
        var browser = panel.client("helper");

        assertThat(browser.delete("/api/servers/" + server + "/users/" + sub).errorCode())
                .isEqualTo("not_yours_to_give");
        browser.delete("/api/servers/" + server + "/users/" + helper).ok();
        assertThat(browser.get("/api/servers/" + server).status()).isEqualTo(404);
    }

    @Test
    void aNewSubuserSeesTheServerOnTheOpenPage() {
        panel.user("guest");
        var guest = panel.client("guest");
        assertThat(guest.get("/api/servers").ok().path("items")).isEmpty();

        panel.share(server, "guest", List.of());

        assertThat(guest.get("/api/servers").ok().path("items")).hasSize(1);
        assertThat(guest.get("/api/servers/" + server).ok().path("permissions").toString())
                .isEqualTo("[\"websocket.connect\"]");
    }

    private BrowserConsole open(String username) {
        return open(panel.client(username));
    }

    private BrowserConsole open(PanelClient browser) {
        var console = browser.console(server, -1);
        Eventually.holds(
                "the console opens", AT_ONCE, () -> !console.frames("connected").isEmpty());
        return console;
    }

    private static void assertEnds(BrowserConsole console) {
        Eventually.holds("the console ends", AT_ONCE, console::closed);
        assertThat(console.frames("closed")).hasSize(1);
    }

    private static void assertEnds(InputStream page) {
        var ended = CompletableFuture.runAsync(() -> {
            try {
                page.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Eventually.holds("the page's events end", AT_ONCE, ended::isDone);
    }

    private void assertNodeEnds(List<ServerId> servers) {
        var expected = new Deauthorization(UUID.fromString(sub), servers);
        Eventually.holds(
                "the node ends the sessions",
                AT_ONCE,
                () -> panel.node().deauthorizations().contains(expected));
    }

    private int logIn(String username, String password) {
        return new PanelClient(panel.url())
                .post("/api/session", "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}")
                .status();
    }
}
