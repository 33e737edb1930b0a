package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who gets in over SFTP, and who does not. */
@Timeout(90)
class SftpLoginFunctionalTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private SftpNodeFixture node;

    @AfterEach
    void end() {
        if (node != null) {
            node.close();
        }
    }

    private void refused(ClientSession session) {
        assertThatThrownBy(() -> session.auth().verify(SOON)).isInstanceOf(IOException.class);
    }

    private ClientSession withPassword(String name, String password) throws IOException {
        var session = node.connect(name);
        session.addPasswordIdentity(password);
        return session;
    }

    private static KeyPair key() throws GeneralSecurityException {
        return KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    }

    @Test
    void tellsThePanelWhoWantsInAndFromWhere() throws IOException {
        node = new SftpNodeFixture(root);
        node.logIn();
        var asked = node.panel.loginQuestions.get(0);
        assertThat(asked.method()).isEqualTo(SftpLogin.Method.PASSWORD);
        assertThat(asked.username()).isEqualTo(node.name());
        assertThat(asked.secret()).isEqualTo(SftpNodeFixture.PASSWORD);
        assertThat(asked.address()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(Base64.getDecoder().decode(asked.sessionId())).isNotEmpty();
        assertThat(new String(Base64.getDecoder().decode(asked.clientVersion()), StandardCharsets.UTF_8))
                .startsWith("SSH-2.0-");
    }

    @Test
    void doesNotAskThePanelAboutNamesThatAreNone() throws IOException {
        node = new SftpNodeFixture(root);
        for (var name : List.of("alice", "alice.", ".12345678", "alice.123456789", "alice.1234567!")) {
            refused(withPassword(name, SftpNodeFixture.PASSWORD));
        }
        assertThat(node.panel.loginQuestions).isEmpty();
    }

    @Test
    void asksOnceForEachKeyThatIsOfferedAndTakesNoneWithoutItsSignature() throws Exception {
        node = new SftpNodeFixture(root);
        var unknown = key();
        var known = key();
        node.allow(known, Permissions.owner());
        var session = node.connect(node.name());
        session.addPublicKeyIdentity(unknown);
        session.addPublicKeyIdentity(known);
        session.auth().verify(SOON);
        assertThat(node.panel.loginQuestions)
                .extracting(SftpLogin::method)
                .containsExactly(SftpLogin.Method.PUBLIC_KEY, SftpLogin.Method.PUBLIC_KEY);
        assertThat(node.panel.loginQuestions.get(1).secret())
                .startsWith("ecdsa-")
                .endsWith("\n");
        SftpClientFactory.instance().createSftpClient(session).close();
        // The public key of one and the secret of another.
        var forger = node.connect(node.name());
        forger.addPublicKeyIdentity(new KeyPair(known.getPublic(), unknown.getPrivate()));
        refused(forger);
    }

    @Test
    void refusesPasswordsWhereOnlyKeysMayBeUsed() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.keyOnly(true));
        refused(withPassword(node.name(), SftpNodeFixture.PASSWORD));
        assertThat(node.panel.loginQuestions).isEmpty();
    }

    @Test
    void saysThatThePanelIsAwayAndCountsItAsNobodysFailure() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.passwordAttempts(1));
        node.panel.away = true;
        assertThatThrownBy(() -> withPassword(node.name(), SftpNodeFixture.PASSWORD)
                        .auth()
                        .verify(SOON))
                .hasStackTraceContaining("the panel cannot be asked at the moment");
        node.panel.away = false;
        assertThatCode(node::logIn).doesNotThrowAnyException();
    }

    /** CVE-2026-61609: one bucket for all let anybody lock everybody out. */
    @Test
    void cve202661609FailuresOfOneAddressLockOutNobodyElse() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.passwordAttempts(3).cooldown(Duration.ofHours(1)));
        for (int i = 0; i < 3; i++) {
            refused(withPassword(node.name(), "wrong " + i));
        }
        int asked = node.panel.loginQuestions.size();
        assertThatThrownBy(() -> withPassword(node.name(), SftpNodeFixture.PASSWORD)
                        .auth()
                        .verify(SOON))
                .hasStackTraceContaining("too many failed log-ins from your address");
        assertThat(node.panel.loginQuestions).as("the panel is left alone").hasSize(asked);
        var neighbour = neighbour();
        assertThatCode(() -> neighbour.auth().verify(SOON)).doesNotThrowAnyException();
        neighbour.close(true);
    }

    /** CVE-2026-52856: one packet before the log-in ended the whole daemon. */
    @Test
    void cve202652856BrokenHandshakesEndOnlyTheirOwnConnection() throws IOException {
        node = new SftpNodeFixture(root);
        var before = node.sftp();
        var random = new Random(52856);
        for (int i = 0; i < 40; i++) {
            try (var socket = new Socket("127.0.0.1", node.port())) {
                socket.setSoTimeout((int) SOON.toMillis());
                var out = socket.getOutputStream();
                if (i % 4 != 0) {
                    out.write("SSH-2.0-broken\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                var junk = new byte[random.nextInt(2000)];
                random.nextBytes(junk);
                if (i % 3 == 0 && junk.length > 6) {
                    // A length that fits, a message that is none.
                    System.arraycopy(new byte[] {0, 0, 1, 0, 4, (byte) (20 + random.nextInt(30))}, 0, junk, 0, 6);
                }
                out.write(junk);
                out.flush();
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException ignored) {
                // Ended before it was all sent.
            }
        }
        assertThat(before.canonicalPath(".")).isEqualTo("/");
        assertThatCode(node::logIn).doesNotThrowAnyException();
    }

    /** Who asks and goes asks on: without a bound, an address had as many questions open as it liked. */
    @Test
    void asksThePanelAboutFewLogInsOfAnAddressAtATime() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.maxQuestionsPerAddress(2).passwordAttempts(1000));
        node.panel.holdLogins = new CountDownLatch(1);
        var held = node.panel.holdLogins;
        for (int i = 0; i < 10; i++) {
            var leaving = withPassword(node.name(), "wrong " + i);
            leaving.auth();
            int most = Math.min(2, i + 1);
            await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == most);
            leaving.close(true);
        }
        var neighbour = neighbour();
        var entering = neighbour.auth();
        await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == 3);
        assertThat(node.panel.loginsAtOnce.get()).isEqualTo(3);
        held.countDown();
        assertThatCode(() -> entering.verify(SOON)).doesNotThrowAnyException();
        assertThatCode(node::logIn).doesNotThrowAnyException();
        assertThat(node.panel.loginQuestions)
                .as("nobody is asked about who has gone while he waited")
                .hasSize(4);
    }

    @Test
    void saysThatTooManyWaitForThePanel() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.maxQuestionsPerAddress(1).passwordAttempts(1000));
        node.panel.holdLogins = new CountDownLatch(1);
        var held = node.panel.holdLogins;
        var waiting = new ArrayList<ClientSession>();
        for (int i = 0; i < 20; i++) {
            var session = withPassword(node.name(), "wrong " + i);
            session.auth();
            waiting.add(session);
            await().atMost(SOON).until(() -> node.panel.loginQuestions.size() == 1);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(waiting.stream().filter(ClientSession::isOpen))
                        .hasSizeBetween(1, 17));
        held.countDown();
    }

    private ClientSession neighbour() throws IOException {
        var neighbour = node.ssh()
                .connect(
                        node.name(),
                        new InetSocketAddress("127.0.0.1", node.port()),
                        new InetSocketAddress("127.0.0.2", 0))
                .verify(SOON)
                .getSession();
        neighbour.addPasswordIdentity(SftpNodeFixture.PASSWORD);
        return neighbour;
    }

    @Test
    void nobodyForgesLinesOfTheLogOrFillsIt() throws IOException {
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger("dev.rookery.daemon.internal.sftp");
        logger.addAppender(lines);
        try {
            node = new SftpNodeFixture(root, sftp -> sftp.passwordAttempts(1000));
            var forger = "x\n2026-01-01 INFO SFTP log-in: admin\r\u001b[2J\u202e\u2028.12345678";
            for (int i = 0; i < 30; i++) {
                refused(withPassword(forger, "wrong"));
            }
            var said = lines.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(line -> line.contains("refused"))
                    .toList();
            assertThat(said).hasSizeBetween(1, 20);
            assertThat(said)
                    .allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r", "\u001b", "\u202e", "\u2028"));
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void connectionsThatWaitForALogInKeepNobodyOut() throws IOException {
        node = new SftpNodeFixture(root);
        var idle = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 60; i++) {
                idle.add(new Socket("127.0.0.1", node.port()));
            }
            assertThatCode(node::logIn).doesNotThrowAnyException();
        } finally {
            for (var socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void boundsTheConnectionsOfAnAddressAndOfAUser() throws IOException {
        node = new SftpNodeFixture(root, sftp -> sftp.maxConnectionsPerUser(2));
        node.logIn();
        var second = node.logIn();
        assertThatThrownBy(node::logIn).hasStackTraceContaining("too many connections");
        second.close(true);
        await().atMost(SOON).untilAsserted(() -> assertThatCode(node::logIn).doesNotThrowAnyException());
    }

    @Test
    void thereIsNothingButSftp() throws IOException {
        node = new SftpNodeFixture(root);
        var session = node.logIn();
        CoreModuleProperties.REQUEST_EXEC_REPLY.set(session, true);
        try (var command = session.createExecChannel("id")) {
            command.open().verify(SOON);
            assertThat(command.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SOON))
                    .contains(ClientChannelEvent.CLOSED);
            assertThat(command.getExitStatus()).as("it was not run").isNull();
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void offersNoWeakAlgorithms() throws IOException {
        node = new SftpNodeFixture(root);
        var offered = new StringBuilder();
        try (var socket = new Socket("127.0.0.1", node.port())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
            while (offered.indexOf("hmac-sha2-512") < 0) {
                offered.append((char) socket.getInputStream().read());
            }
            for (int i = 0; i < 100; i++) {
                offered.append((char) socket.getInputStream().read());
            }
        }
        assertThat(offered).contains("aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr");
        assertThat(offered).doesNotContain("chacha20", "cbc", "sha1,", "hmac-md5", "arcfour", "ssh-rsa", "zlib");
    }

    @Test
    void keepsItsKeyWhereWingsHasIt() throws IOException {
        node = new SftpNodeFixture(root);
        var file = root.resolve("volumes/.sftp/id_ed25519");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().startsWith("-----BEGIN PRIVATE KEY-----");
        var first = node.connect(node.name()).getServerKey();
        node.daemon().close();
        node.start();
        var again = node.connect(node.name());
        assertThat(KeyUtils.getFingerPrint(again.getServerKey())).isEqualTo(KeyUtils.getFingerPrint(first));
    }

    @Test
    void aPortThatIsTakenIsAnErrorOfTheStart() throws IOException {
        node = new SftpNodeFixture(root);
        var options = DaemonOptions.builder(
                        UUID.fromString("00000000-0000-0000-0000-000000000002"), root.resolve("second"))
                .sftp(SftpOptions.builder().host("127.0.0.1").port(node.port()).build())
                .build();
        try (var second = Daemon.builder(options, new MemoryPanel())
                .environment(context -> new MemoryEnvironment())
                .build()) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("SFTP cannot listen on 127.0.0.1:" + node.port());
            assertThat(second.sftpAddress()).isEmpty();
        }
    }
}
