package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.panel.Build;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.CopyDataExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHLimitsExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every verb of SFTP on the files of a server, through a real client. */
@Timeout(60)
class SftpFilesFunctionalTest {

    @TempDir
    Path root;

    private SftpNodeFixture node;
    private SftpClient sftp;

    @BeforeEach
    void start() throws IOException {
        node = new SftpNodeFixture(root);
        sftp = node.sftp();
    }

    @AfterEach
    void end() {
        node.close();
    }

    private Path file(String name) {
        return node.volume().resolve(name);
    }

    private void write(String path, String text, OpenMode... modes) throws IOException {
        try (var handle = sftp.open(
                path,
                modes.length == 0 ? EnumSet.of(OpenMode.Write, OpenMode.Create) : EnumSet.copyOf(List.of(modes)))) {
            sftp.write(handle, 0, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String read(String path) throws IOException {
        try (var in = sftp.read(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(SftpException.class)
                .satisfies(e -> assertThat(((SftpException) e).getStatus())
                        .as(e.getMessage())
                        .isEqualTo(status));
    }

    @Test
    void writesAndReadsWhatIsLargerThanAPacket() throws IOException {
        var content = new byte[700_001];
        new Random(7).nextBytes(content);
        try (var out = sftp.write("big")) {
            out.write(content);
        }
        assertThat(file("big")).hasBinaryContent(content);
        try (var in = sftp.read("/./x/../big")) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void writesInPlaceWithoutTruncatingUnlessAsked() throws IOException {
        write("file", "0123456789");
        try (var handle = sftp.open("file", OpenMode.Write)) {
            sftp.write(handle, 4, "xy".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(file("file")).hasContent("0123xy6789");
        write("file", "ab", OpenMode.Write, OpenMode.Append);
        assertThat(file("file")).hasContent("0123xy6789ab");
        write("file", "new", OpenMode.Write, OpenMode.Create, OpenMode.Truncate);
        assertThat(file("file")).hasContent("new");
    }

    /** Whoever appends beside others appends to what they have written, and never over it. */
    @Test
    void appendsBesideOtherWriters() throws Exception {
        node.configure(settings -> settings.build(
                Build.builder().memoryMebibytes(64).diskMebibytes(64).build()));
        node.daemon().node().server(node.id).sync();
        var line = "a line of the server's log, written by itself\n".getBytes(StandardCharsets.UTF_8);
        var ours = "x".repeat(5_000) + "\n";
        Files.createDirectories(node.volume());
        var writing = new Thread(() -> {
            try (var log = Files.newOutputStream(file("log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (int i = 0; i < 20_000; i++) {
                    log.write(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writing.start();
        int count = 0;
        try (var handle = sftp.open("log", OpenMode.Write, OpenMode.Create, OpenMode.Append)) {
            do {
                sftp.write(handle, 0, ours.getBytes(StandardCharsets.UTF_8));
                count++;
            } while (writing.isAlive());
        }
        writing.join();
        var lines = Files.readAllLines(file("log"));
        assertThat(lines).hasSize(20_000 + count);
        assertThat(lines.stream().distinct()).hasSize(2);
    }

    @Test
    void readsWhatItAppendsTo() throws IOException {
        write("file", "0123");
        try (var handle = sftp.open("file", OpenMode.Read, OpenMode.Write, OpenMode.Append)) {
            sftp.write(handle, 0, "4567".getBytes(StandardCharsets.UTF_8));
            var read = new byte[16];
            assertThat(sftp.read(handle, 2, read, 0, 16)).isEqualTo(6);
            assertThat(new String(read, 0, 6, StandardCharsets.UTF_8)).isEqualTo("234567");
            sftp.setStat(handle, new SftpClient.Attributes().size(20));
            sftp.setStat(handle, new SftpClient.Attributes().size(6));
        }
        assertThat(file("file")).hasContent("012345");
        write("file", "new", OpenMode.Write, OpenMode.Create, OpenMode.Append, OpenMode.Truncate);
        assertThat(file("file")).hasContent("new");
    }

    @Test
    void saysWhatCannotBeAskedForAndGoesOn() throws IOException {
        write("file", "x");
        for (var call : List.<ThrowingCallable>of(
                () -> sftp.symLink("link", "zero\0byte"), () -> sftp.stat("zero\0byte"), () -> {
                    try (var handle = sftp.open("file", OpenMode.Write)) {
                        sftp.write(handle, Long.MAX_VALUE - 1, new byte[10]);
                    }
                })) {
            assertThatThrownBy(call).isInstanceOf(SftpException.class);
        }
        assertThat(read("file")).isEqualTo("x");
    }

    @Test
    void noNameEndsALineOfAListing() throws IOException {
        Files.createDirectories(node.volume());
        Files.createFile(file("a\nb\u001b[2J"));
        var entry = sftp.readDir("/").iterator().next();
        assertThat(entry.getFilename()).isEqualTo("a\nb\u001b[2J");
        assertThat(entry.getLongFilename()).endsWith(" a?b?[2J");
    }

    @Test
    void createsExclusivelyAndNotThroughALink() throws IOException {
        write("there", "x");
        Files.createSymbolicLink(file("link"), Path.of("missing"));
        for (var name : new String[] {"there", "link"}) {
            assertRefused(
                    SftpConstants.SSH_FX_FAILURE,
                    () -> sftp.open(name, OpenMode.Write, OpenMode.Create, OpenMode.Exclusive));
        }
        assertThat(file("missing")).doesNotExist();
        sftp.open("fresh", OpenMode.Write, OpenMode.Create, OpenMode.Exclusive).close();
        assertThat(file("fresh")).isEmptyFile();
    }

    @Test
    void looksAtLinksThemselvesOrAtWhatTheyLeadTo() throws IOException {
        write("target", "12345");
        sftp.mkdir("dir");
        sftp.symLink("link", "target");
        sftp.symLink("to-dir", "dir");
        Files.createSymbolicLink(file("dangling"), Path.of("nowhere"));
        assertThat(sftp.lstat("link").isSymbolicLink()).isTrue();
        assertThat(sftp.stat("link").getSize()).isEqualTo(5);
        assertThat(sftp.stat("to-dir").isDirectory()).isTrue();
        assertThat(sftp.lstat("dangling").isSymbolicLink()).isTrue();
        assertRefused(SftpConstants.SSH_FX_NO_SUCH_FILE, () -> sftp.stat("dangling"));
        assertThat(sftp.readLink("link")).isEqualTo("target");
        assertThat(read("link")).isEqualTo("12345");
    }

    @Test
    void refusesLinksThatLeadOut() throws IOException {
        var outside = Files.writeString(root.resolve("outside"), "host");
        Files.createSymbolicLink(Files.createDirectories(node.volume()).resolve("evil"), outside);
        Files.createSymbolicLink(file("evil-dir"), root);
        for (var call : List.<ThrowingCallable>of(
                () -> read("evil"),
                () -> sftp.stat("evil"),
                () -> write("evil", "x"),
                () -> sftp.stat("evil-dir/outside"),
                () -> sftp.openDir("evil-dir"),
                () -> sftp.remove("evil-dir/outside"),
                () -> sftp.mkdir("evil-dir/new"),
                () -> sftp.setStat("evil", new SftpClient.Attributes().perms(0777)),
                () -> sftp.rename("evil-dir/outside", "stolen"),
                () -> sftp.symLink("out", "../x"),
                () -> sftp.symLink("out", "/etc/passwd"))) {
            assertThatThrownBy(call).isInstanceOf(IOException.class);
        }
        assertThat(outside).hasContent("host");
        sftp.symLink("home", "/home/container/target");
        sftp.remove("evil");
        assertThat(outside).exists();
    }

    @Test
    void setsModesTimesAndSizes() throws IOException {
        write("file", "0123456789");
        sftp.setStat("file", new SftpClient.Attributes().perms(04640));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("file"))))
                .isEqualTo("rw-r-----");
        assertThat((Integer) Files.getAttribute(file("file"), "unix:mode") & 07000)
                .as("setuid")
                .isZero();
        sftp.setStat("file", new SftpClient.Attributes().accessTime(1_000_000L).modifyTime(1_600_000_000L));
        assertThat(Files.getLastModifiedTime(file("file")))
                .isEqualTo(FileTime.from(Instant.ofEpochSecond(1_600_000_000)));
        sftp.setStat("file", new SftpClient.Attributes().size(3));
        assertThat(file("file")).hasContent("012");
        try (var handle = sftp.open("file", OpenMode.Write)) {
            sftp.setStat(handle, new SftpClient.Attributes().size(5));
        }
        assertThat(file("file")).hasSize(5);
    }

    @Test
    void renamesWithoutOverwritingUnlessAsked() throws IOException {
        write("a", "a");
        write("b", "b");
        assertRefused(SftpConstants.SSH_FX_FAILURE, () -> sftp.rename("a", "b"));
        assertThat(file("b")).hasContent("b");
        sftp.rename("a", "c");
        sftp.getExtension(OpenSSHPosixRenameExtension.class).posixRename("c", "b");
        assertThat(file("b")).hasContent("a");
        assertThat(file("c")).doesNotExist();
    }

    @Test
    void removesDirectoriesOnlyWhenTheyAreEmpty() throws IOException {
        sftp.mkdir("dir");
        write("dir/file", "x");
        assertRefused(SftpConstants.SSH_FX_FAILURE, () -> sftp.rmdir("dir"));
        assertRefused(SftpConstants.SSH_FX_FAILURE, () -> sftp.remove("dir"));
        assertRefused(SftpConstants.SSH_FX_FAILURE, () -> sftp.mkdir("dir"));
        sftp.remove("dir/file");
        sftp.rmdir("dir");
        assertThat(file("dir")).doesNotExist();
        assertRefused(SftpConstants.SSH_FX_PERMISSION_DENIED, () -> sftp.rmdir("/"));
    }

    @Test
    void listsMoreThanOnePacketHolds() throws IOException {
        Files.createDirectories(node.volume());
        for (int i = 0; i < 1000; i++) {
            Files.createFile(file("entry-with-a-name-" + i));
        }
        var names = StreamSupport.stream(sftp.readDir("/").spliterator(), false)
                .map(SftpClient.DirEntry::getFilename)
                .toList();
        assertThat(names).hasSize(1000).contains("entry-with-a-name-999");
        assertThat(sftp.canonicalPath(".")).isEqualTo("/");
        assertThat(sftp.canonicalPath("../../a/b/..")).isEqualTo("/a");
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        Files.createDirectories(node.volume());
        assertThat(new ProcessBuilder("mkfifo", file("pipe").toString()).start().waitFor())
                .isZero();
        assertRefused(SftpConstants.SSH_FX_FAILURE, () -> read("pipe"));
        assertRefused(SftpConstants.SSH_FX_FAILURE, () -> write("pipe", "x"));
        assertRefused(
                SftpConstants.SSH_FX_FAILURE, () -> sftp.setStat("pipe", new SftpClient.Attributes().perms(0777)));
        assertThat(sftp.lstat("pipe").isOther() || !sftp.lstat("pipe").isRegularFile())
                .isTrue();
        sftp.remove("pipe");
    }

    @Test
    void keepsTheDenylistByRealPathToo() throws IOException {
        Files.createDirectories(node.volume().resolve("sub"));
        Files.writeString(file("secret.txt"), "egg");
        Files.createSymbolicLink(file("sub/alias"), Path.of("../secret.txt"));
        for (var call : List.<ThrowingCallable>of(
                () -> read("secret.txt"),
                () -> read("./sub/alias"),
                () -> write("sub/../secret.txt", "x"),
                () -> sftp.remove("secret.txt"),
                () -> sftp.rename("secret.txt", "open.txt"),
                () -> sftp.setStat("sub/alias", new SftpClient.Attributes().perms(0777)),
                () -> sftp.symLink("pointer", "secret.txt"))) {
            assertRefused(SftpConstants.SSH_FX_PERMISSION_DENIED, call);
        }
        assertThat(file("secret.txt")).hasContent("egg");
    }

    @Test
    void staysWithinTheServersDiskAndSaysSo() throws IOException {
        var stat = sftp.getExtension(OpenSSHStatPathExtension.class).stat("/");
        assertThat(stat.f_blocks * stat.f_frsize).isEqualTo(4L << 20);
        var megabyte = new byte[1 << 20];
        assertRefused(SftpConstants.SSH_FX_QUOTA_EXCEEDED, () -> {
            try (var out = sftp.write("big")) {
                for (int i = 0; i < 5; i++) {
                    out.write(megabyte);
                }
            }
        });
        assertThat(Files.size(file("big"))).isBetween(3L << 20, 4L << 20);
        sftp.remove("big");
        try (var out = sftp.write("again")) {
            out.write(megabyte);
        }
        assertThat(file("again")).hasSize(1 << 20);
    }

    @Test
    void offersWhatClientsOfTodayAskFor() throws IOException {
        write("from", "copied");
        var limits = sftp.getExtension(OpenSSHLimitsExtension.class).limits();
        assertThat(limits.maxReadLength).isGreaterThan(200_000);
        try (var from = sftp.open("from", OpenMode.Read);
                var to = sftp.open("to", OpenMode.Write, OpenMode.Create)) {
            sftp.getExtension(CopyDataExtension.class).copyData(from, 0, 0, to, 0);
            sftp.getExtension(OpenSSHFsyncExtension.class).fsync(to);
        }
        assertThat(file("to")).hasContent("copied");
    }

    @Test
    void boundsWhatOneClientHasOpen() throws IOException {
        write("file", "x");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 300; i++) {
                        sftp.open("file", OpenMode.Read);
                    }
                })
                .hasMessageContaining("too many open files");
    }

    @Test
    void asksForThePermissionOfEachVerb() throws IOException {
        write("file", "x");
        sftp.mkdir("dir");
        node.allow(SftpNodeFixture.of(Permission.FILE_READ));
        sftp = node.sftp();
        assertThat(sftp.stat("file").getSize()).isEqualTo(1);
        for (var call : List.<ThrowingCallable>of(
                () -> read("file"),
                () -> write("file", "y"),
                () -> write("other", "y"),
                () -> sftp.remove("file"),
                () -> sftp.rmdir("dir"),
                () -> sftp.mkdir("more"),
                () -> sftp.symLink("link", "file"),
                () -> sftp.rename("file", "moved"),
                () -> sftp.setStat("file", new SftpClient.Attributes().perms(0600)))) {
            assertRefused(SftpConstants.SSH_FX_PERMISSION_DENIED, call);
        }
        node.allow(SftpNodeFixture.of(Permission.FILE_CREATE));
        sftp = node.sftp();
        write("created", "new");
        assertRefused(SftpConstants.SSH_FX_PERMISSION_DENIED, () -> write("created", "changed"));
        assertRefused(SftpConstants.SSH_FX_PERMISSION_DENIED, () -> sftp.openDir("/"));
        assertThat(file("created")).hasContent("new");
    }
}
