package dev.rookery.daemon.internal.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.CallOptions;
import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.daemon.ActivityOptions;
import dev.rookery.daemon.SftpOptions;
import dev.rookery.daemon.internal.activity.ActivityLog;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** CVE-2026-52856: one packet before the log-in ended the whole daemon. Bytes go to the real server, over a real socket. */
class SftpHandshakeFuzzTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int DESCRIPTORS_MORE_MAX = 64;
    private static final byte[] GREETING = "SSH-2.0-fuzz\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final SftpServer SERVER = start();
    /** How many there were at first. */
    private static final AtomicInteger DESCRIPTORS = new AtomicInteger();

    private static SftpServer start() {
        try {
            var root = Files.createTempDirectory("sftp-fuzz");
            var threads = Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task, "sftp-fuzz");
                thread.setDaemon(true);
                return thread;
            });
            var panel = new Closed();
            var options = ActivityOptions.builder().build();
            var store = DaemonStore.open(root);
            var patience = Duration.ofSeconds(5);
            return SftpServer.start(
                    SftpOptions.builder().host("127.0.0.1").port(0).build(),
                    new SftpNode(
                            root,
                            panel,
                            patience,
                            Clock.systemUTC(),
                            threads,
                            server -> Optional.empty(),
                            new SftpSessions(),
                            new ActivityLog(store.activity(), panel, patience, options, Clock.systemUTC(), threads)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An input that begins with a zero byte is sent as it is, without it; any other comes after a greeting. */
    @FuzzTest(maxDuration = "10m")
    void aHandshakeEndsItsOwnConnectionOnly(byte[] input) throws IOException {
        // The fuzzer takes every connection for one that the input has asked for.
        var allowed = BugDetectors.allowNetworkConnections((host, port) -> port == SERVER.port());
        try {
            DESCRIPTORS.compareAndSet(0, greeted());
            send(input);
            assertThat(greeted()).as("descriptors").isLessThan(DESCRIPTORS.get() + DESCRIPTORS_MORE_MAX);
        } finally {
            allowed.close();
        }
    }

    private static void send(byte[] input) throws IOException {
        boolean raw = input.length > 0 && input[0] == 0;
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            if (!raw) {
                out.write(GREETING);
            }
            out.write(input, raw ? 1 : 0, input.length - (raw ? 1 : 0));
            socket.shutdownOutput();
            // The end has to come.
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException ignored) {
            // It came before all was sent.
        }
    }

    private static Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", SERVER.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Sees that the server is there for others, and how many descriptors are open then. */
    private static int greeted() {
        try (var socket = connect();
                var open = Files.list(Path.of("/proc/self/fd"))) {
            var greeting = new String(socket.getInputStream().readNBytes(8), StandardCharsets.US_ASCII);
            assertThat(greeting).isEqualTo("SSH-2.0-");
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets nobody in. */
    private static final class Closed implements Panel {

        @Override
        public Panel with(CallOptions options) {
            return this;
        }

        @Override
        public ServerPage servers(int page, int perPage) {
            throw new DeniedException("nobody");
        }

        @Override
        public ServerConfiguration configuration(ServerId server) {
            throw new DeniedException("nobody");
        }

        @Override
        public InstallScript installScript(ServerId server) {
            throw new DeniedException("nobody");
        }

        @Override
        public SftpAuthority authorizeSftp(SftpLogin login) {
            throw new DeniedException("nobody");
        }
    }
}
