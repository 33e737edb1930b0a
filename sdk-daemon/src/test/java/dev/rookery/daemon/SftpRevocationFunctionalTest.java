package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CVE-2025-68954: SFTP stayed open after a user was removed, changed the password, or the server was gone. */
@Timeout(90)
class SftpRevocationFunctionalTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path root;

    private SftpNodeFixture node;

    @AfterEach
    void end() {
        node.close();
    }

    private void assertEnded(SftpClient sftp) {
        await().atMost(SOON).until(() -> !sftp.getSession().isOpen());
    }

    @Test
    void cve202568954EndsWhenTheUserIsDeauthorized() throws IOException {
        node = new SftpNodeFixture(root);
        var sftp = node.sftp();
        var other = node.sftp();
        var handle = sftp.open("file", OpenMode.Write, OpenMode.Create);
        node.daemon().node().deauthorize(new Deauthorization(UUID.randomUUID(), List.of()));
        node.daemon().node().deauthorize(new Deauthorization(node.user, List.of(ServerId.random())));
        sftp.write(handle, 0, new byte[1]);
        node.daemon().node().deauthorize(new Deauthorization(node.user, List.of(node.id)));
        // Not even what is open already, from the very moment on.
        assertThatThrownBy(() -> sftp.write(handle, 1, new byte[1])).isInstanceOf(IOException.class);
        assertThat(node.volume().resolve("file")).hasSize(1);
        assertEnded(sftp);
        assertEnded(other);
    }

    @Test
    void cve202568954EndsWhenTheServerIsSuspended() throws IOException {
        node = new SftpNodeFixture(root);
        var sftp = node.sftp();
        node.configure(settings -> settings.suspended(true));
        node.daemon().node().server(node.id).sync();
        assertThatThrownBy(() -> sftp.mkdir("late")).isInstanceOf(IOException.class);
        assertEnded(sftp);
        assertThatThrownBy(node::logIn).isInstanceOf(IOException.class);
        node.configure(settings -> settings.suspended(false));
        node.daemon().node().server(node.id).sync();
        assertThat(node.sftp().canonicalPath(".")).isEqualTo("/");
    }

    @Test
    void cve202568954EndsWhenTheServerIsDeleted() throws IOException {
        node = new SftpNodeFixture(root);
        var sftp = node.sftp();
        node.daemon().node().server(node.id).delete();
        assertThatThrownBy(() -> sftp.mkdir("late")).isInstanceOf(IOException.class);
        assertThat(node.volume()).doesNotExist();
        assertEnded(sftp);
    }

    @Test
    void cve202568954EndsWhenASyncFindsThatThePermissionsHaveChanged() throws IOException {
        node = new SftpNodeFixture(root);
        var sftp = node.sftp();
        node.daemon().node().server(node.id).sync();
        await().until(() -> node.panel.loginQuestions.size() == 2);
        assertThat(sftp.canonicalPath(".")).isEqualTo("/");
        node.allow(SftpNodeFixture.of(Permission.FILE_READ));
        node.daemon().node().server(node.id).sync();
        assertEnded(sftp);
    }

    @Test
    void cve202568954EndsWhenThePanelIsAskedAgainAfterAChangeOfThePassword() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.recheckInterval(Duration.ofMillis(300)));
        var sftp = node.sftp();
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() > 2);
        node.panel.away = true;
        int asked = node.panel.loginQuestions.size();
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() > asked + 1);
        assertThat(sftp.canonicalPath("."))
                .as("a panel that is away changes nothing")
                .isEqualTo("/");
        node.panel.logins.clear();
        node.panel.away = false;
        assertEnded(sftp);
    }

    /** The answer that was on its way is as old as its question. */
    @Test
    void asksOnceMoreWhatChangedWhileThePanelWasBeingAsked() throws IOException {
        node = new SftpNodeFixture(root);
        var sftp = node.sftp();
        node.panel.holdLogins = new CountDownLatch(1);
        var held = node.panel.holdLogins;
        node.daemon().node().server(node.id).sync();
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == 2);
        node.allow(SftpNodeFixture.of(Permission.FILE_READ));
        node.daemon().node().server(node.id).sync();
        held.countDown();
        assertEnded(sftp);
    }

    @Test
    void asksOnceMoreWhatChangedWhileSomebodyLoggedIn() throws IOException {
        node = new SftpNodeFixture(root);
        node.panel.holdLogins = new CountDownLatch(1);
        var held = node.panel.holdLogins;
        var session = node.connect(node.name());
        session.addPasswordIdentity(SftpNodeFixture.PASSWORD);
        var entering = session.auth();
        await().atMost(SOON).until(() -> !node.panel.loginQuestions.isEmpty());
        node.allow(SftpNodeFixture.of(Permission.FILE_READ));
        node.daemon().node().server(node.id).sync();
        held.countDown();
        // Whether it hears that it is in before it is sent away again depends on who is quicker.
        assertThat(entering.await(SOON)).isTrue();
        await().atMost(SOON).until(() -> !session.isOpen());
    }

    /** A panel that was away for a moment is not left alone for the whole interval; nor is one after a clock that was set back. */
    @Test
    void asksSoonerThanUsualWhenThePanelWasAwayOrTheClockWasSetBack() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.recheckInterval(Duration.ofHours(1)));
        var sftp = node.sftp();
        node.panel.away = true;
        node.clock.set(Duration.ofHours(2));
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == 2);
        node.clock.set(Duration.ofHours(2).plusSeconds(31));
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == 3);
        assertThat(sftp.canonicalPath(".")).isEqualTo("/");
        node.panel.away = false;
        node.clock.set(Duration.ofDays(-1));
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == 4);
        node.panel.logins.clear();
        node.clock.set(Duration.ofDays(-2));
        assertEnded(sftp);
    }

    /** Panels count what they refuse: ten connections with an old password would lock their user out. */
    @Test
    void asksOnceForAllWhoHaveTheSameSecret() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.recheckInterval(Duration.ofHours(1)));
        var all = new ArrayList<SftpClient>();
        for (int i = 0; i < 10; i++) {
            all.add(node.sftp());
        }
        int before = node.panel.loginQuestions.size();
        node.panel.logins.clear();
        node.clock.set(Duration.ofHours(2));
        for (var sftp : all) {
            assertEnded(sftp);
        }
        assertThat(node.panel.loginQuestions.size() - before).isBetween(1, 3);
    }

    @Test
    void asksAboutFewSessionsAtATime() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.recheckInterval(Duration.ofHours(1)));
        var other = node.allow("bob");
        for (int i = 0; i < 6; i++) {
            node.logIn();
            node.logIn(other);
        }
        node.panel.loginsAtOnce.set(0);
        node.panel.holdLogins = new CountDownLatch(1);
        var held = node.panel.holdLogins;
        int before = node.panel.loginQuestions.size();
        node.clock.set(Duration.ofHours(2));
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == before + 4);
        var third = node.allow("carol");
        assertThat(node.panel.loginsAtOnce.get()).isEqualTo(4);
        held.countDown();
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == before + 12);
        assertThat(node.panel.loginsAtOnce.get()).as("two of each user").isEqualTo(4);
        assertThat(node.logIn(third).isOpen()).isTrue();
    }

    @Test
    void endsWithItsNode() throws IOException {
        node = new SftpNodeFixture(root);
        var sftp = node.sftp();
        node.daemon().close();
        assertEnded(sftp);
        assertThat(node.daemon().sftpAddress()).isEmpty();
    }
}
