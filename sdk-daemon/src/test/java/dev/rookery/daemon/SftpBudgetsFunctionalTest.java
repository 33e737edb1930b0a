package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one user may take of a node's SFTP, and that others have theirs whatever he does. */
@Timeout(90)
class SftpBudgetsFunctionalTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private SftpNodeFixture node;
    private String other;

    @AfterEach
    void end() {
        node.close();
    }

    private void start(UnaryOperator<SftpOptionsBuilder> options) {
        node = new SftpNodeFixture(root, options);
        other = node.allow("bob");
    }

    @Test
    void openFilesOfAUserAreCountedOverAllChannelsAndLeaveOthersTheirs() throws IOException {
        start(sftp -> sftp.maxOpenFiles(6).maxOpenFilesPerUser(4));
        var first = node.sftp();
        var second = node.sftp();
        first.open("file", OpenMode.Write, OpenMode.Create);
        first.openDir("/");
        second.open("file", OpenMode.Read);
        var last = second.open("file", OpenMode.Read);
        for (var sftp : List.of(first, second)) {
            assertThatThrownBy(() -> sftp.open("file", OpenMode.Read)).hasMessageContaining("too many open files");
        }
        var neighbour = node.sftp(node.logIn(other));
        neighbour.open("file", OpenMode.Read);
        last.close();
        second.open("file", OpenMode.Read);
        neighbour.open("file", OpenMode.Read);
        assertThatThrownBy(() -> neighbour.open("file", OpenMode.Read))
                .as("the node's bound")
                .hasMessageContaining("too many open files");
    }

    @Test
    void filesThatAreLeftOpenAreGivenBackWithTheirChannel() throws IOException {
        start(sftp -> sftp.maxOpenFilesPerUser(2));
        var leaving = node.sftp();
        leaving.open("file", OpenMode.Write, OpenMode.Create);
        leaving.open("file", OpenMode.Read);
        var staying = node.sftp();
        assertThatThrownBy(() -> staying.open("file", OpenMode.Read)).isInstanceOf(IOException.class);
        leaving.getSession().close(true);
        await().atMost(SOON)
                .untilAsserted(() -> assertThatCode(
                                () -> staying.open("file", OpenMode.Read).close())
                        .doesNotThrowAnyException());
    }

    @Test
    void channelsOfAUserAreCountedOverAllConnectionsAndLeaveOthersTheirs() throws IOException {
        start(sftp -> sftp.maxChannelsPerUser(3).maxChannels(4));
        var first = node.logIn();
        var second = node.logIn();
        node.sftp(first);
        node.sftp(first);
        var last = node.sftp(second);
        for (var session : List.of(first, second)) {
            assertThatThrownBy(() -> node.sftp(session))
                    .rootCause()
                    .asInstanceOf(InstanceOfAssertFactories.type(SshChannelOpenException.class))
                    .extracting(SshChannelOpenException::getReasonCode)
                    .isEqualTo(SshConstants.SSH_OPEN_RESOURCE_SHORTAGE);
            assertThat(session.isOpen()).as("only the channel is refused").isTrue();
        }
        var neighbour = node.logIn(other);
        node.sftp(neighbour);
        assertThatThrownBy(() -> node.sftp(neighbour)).as("the node's bound").isInstanceOf(IOException.class);
        last.close();
        await().atMost(SOON)
                .untilAsserted(() -> assertThatCode(() -> node.sftp(second)).doesNotThrowAnyException());
    }

    @Test
    void aConnectionHasTenChannelsAndLosesNoneForAskingForMore() throws IOException {
        start(sftp -> sftp);
        var session = node.logIn();
        var channels = new ArrayList<SftpClient>();
        for (int i = 0; i < 10; i++) {
            channels.add(node.sftp(session));
        }
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> node.sftp(session)).isInstanceOf(IOException.class);
        }
        for (var sftp : channels) {
            assertThat(sftp.canonicalPath(".")).isEqualTo("/");
        }
    }

    @Test
    void whatMayBeOnTheWayIsSharedByAllChannelsOfAUser() throws IOException {
        start(sftp -> sftp.maxBufferBytesPerUser(4 << 20));
        var session = node.logIn();
        long all = 0;
        for (int i = 0; i < 10; i++) {
            all += window(node.sftp(session));
        }
        assertThat(all).isBetween(5L << 20, 8L << 20);
        assertThat(window(node.sftp(node.logIn(other)))).as("somebody else's").isEqualTo(2 << 20);
        var content = new byte[3 << 20];
        var last = node.sftp(node.logIn());
        assertThat(window(last)).isLessThan(512 << 10);
        try (var out = last.write("slow", 250_000)) {
            out.write(content);
        }
        assertThat(node.volume().resolve("slow")).hasSize(content.length);
    }

    private static long window(SftpClient sftp) {
        return sftp.getClientChannel().getRemoteWindow().getMaxSize();
    }

    @Test
    void connectionsOfAUserAreCountedOverAllServers() throws IOException {
        start(sftp -> sftp.maxConnectionsPerUser(2));
        node.logIn();
        node.logIn();
        assertThatThrownBy(node::logIn).hasStackTraceContaining("too many connections");
        assertThatCode(() -> node.logIn(other)).doesNotThrowAnyException();
    }

    /** Each answer waits in memory until it is read: asked for a million of them, the node had no more. */
    @Test
    void whoAsksAndDoesNotReadIsDisconnected() throws IOException {
        start(sftp -> sftp);
        var session = node.logIn();
        session.getIoSession().suspendRead();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 300_000; i++) {
                        ask(session);
                    }
                })
                .as("many more than what the system keeps between us")
                .isInstanceOf(IOException.class);
        assertThat(node.sftp(node.logIn(other)).canonicalPath(".")).isEqualTo("/");
    }

    private static void ask(ClientSession session) throws IOException {
        var request = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST, 64);
        request.putString("nothing@example.com");
        request.putBoolean(true);
        session.writePacket(request).verify(SOON);
    }
}
