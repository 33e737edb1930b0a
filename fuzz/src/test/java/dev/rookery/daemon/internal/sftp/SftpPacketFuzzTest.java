package dev.rookery.daemon.internal.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.SftpOptions;
import dev.rookery.daemon.internal.file.Denylist;
import dev.rookery.daemon.internal.file.DiskSpace;
import dev.rookery.daemon.internal.file.FileTree;
import dev.rookery.daemon.internal.file.Ownership;
import dev.rookery.daemon.internal.file.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Whatever a client that has logged in sends: it is answered or ends the channel, and touches nothing that is not its own. */
class SftpPacketFuzzTest {

    private static final long SPACE_BYTES = 256 << 10;
    private static final String SECRET = "of the host";
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);
    private static final int HEAD = 2;
    private static final int PACKETS_MAX = 200;
    private static final int WINDOW = 1 << 20;

    /** Each packet has its length before it, in two bytes; the first one of a client is already sent. */
    @FuzzTest(maxDuration = "10m")
    void packetsAreAnsweredOrEndTheChannel(byte[] input) throws IOException {
        var folder = Files.createTempDirectory("sftp-fuzz");
        try {
            var outside = outside(folder);
            var root = root(folder);
            answer(root, input);
            assertThat(leftOpen(folder)).isEmpty();
            assertThat(outside.resolve("file")).hasContent(SECRET);
            assertThat(Files.getLastModifiedTime(outside.resolve("file"))).isEqualTo(LONG_AGO);
            assertThat(outside.toFile().list()).containsExactly("file");
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("root", "outside");
            assertThat(root.resolve("secret.txt")).hasContent("denied");
        } finally {
            remove(folder);
        }
    }

    private static Path outside(Path folder) throws IOException {
        var outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), SECRET);
        Files.setLastModifiedTime(outside.resolve("file"), LONG_AGO);
        return outside;
    }

    private static Path root(Path folder) throws IOException {
        var root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(root.resolve("a"), "content");
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d/b"), "deeper");
        Files.createSymbolicLink(root.resolve("l"), Path.of("a"));
        Files.createSymbolicLink(root.resolve("o"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("f"), Path.of("../outside/file"));
        Files.writeString(root.resolve("secret.txt"), "denied");
        return root;
    }

    private static void answer(Path root, byte[] input) throws IOException {
        var everything = new Everything(new Volume(
                root,
                Denylist.of(List.of("/secret.txt")),
                Ownership.of(uid(root, "unix:uid"), uid(root, "unix:gid")),
                new DiskSpace(() -> SPACE_BYTES)));
        var tree = new FileTree(everything, CancelSignal.create());
        var share = ChannelShare.take(Budgets.of(SftpOptions.builder().build()), "connection", UUID.randomUUID())
                .orElseThrow();
        var in = new InboundBytes(count -> {}, WINDOW);
        try (var handles = new Handles(share)) {
            var requests = new Requests(tree, tree::require, handles, new Nobody(), Clock.systemUTC(), bytes -> {
                assertThat(bytes.remaining()).isBetween(0, Requests.PACKET_MAX);
                bytes.position(bytes.limit());
            });
            send(in, requests, new byte[] {SftpCodes.SSH_FXP_INIT, 0, 0, 0, 3});
            var rest = ByteBuffer.wrap(input);
            for (int i = 0; i < PACKETS_MAX && rest.remaining() > HEAD; i++) {
                int length = 1 + Math.min(rest.getShort() & 0xffff, rest.remaining() - 1);
                var packet = new byte[length];
                rest.get(packet);
                send(in, requests, packet);
            }
        } catch (PacketReader.BadPacketException ignored) {
            // The channel ends.
        } finally {
            share.release();
        }
    }

    private static void send(InboundBytes in, Requests requests, byte[] packet) throws IOException {
        in.take(packet, 0, packet.length);
        requests.answer(in, packet.length);
    }

    private static int uid(Path root, String attribute) throws IOException {
        return (Integer) Files.getAttribute(root, attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<String> leftOpen(Path folder) throws IOException {
        var found = new ArrayList<String>();
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            for (var descriptor : all.toList()) {
                try {
                    found.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException ignored) {
                    // That of this very list.
                }
            }
        }
        found.removeIf(target -> !target.startsWith(folder.toString()));
        return found;
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private record Everything(Volume volume) implements FileTree.Authority {

        @Override
        public Denylist hidden() {
            return Denylist.of(List.of());
        }

        @Override
        public boolean may(Permission permission) {
            return true;
        }

        @Override
        public boolean readOnly() {
            return false;
        }
    }

    /** Hears nothing. */
    private static final class Nobody implements Notes {

        @Override
        public void written(String path) {
            assertThat(path).startsWith("/");
        }

        @Override
        public void created(String path) {
            assertThat(path).startsWith("/");
        }

        @Override
        public void directory(String path) {
            assertThat(path).startsWith("/");
        }

        @Override
        public void deleted(String path) {
            assertThat(path).startsWith("/");
        }

        @Override
        public void renamed(String from, String to) {
            assertThat(List.of(from, to)).allSatisfy(path -> assertThat(path).startsWith("/"));
        }
    }
}
