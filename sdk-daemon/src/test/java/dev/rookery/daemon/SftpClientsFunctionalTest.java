package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.permission.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clients that people use do what people do with them. */
@Tag("sftp-clients")
@Timeout(180)
class SftpClientsFunctionalTest {

    private static final int SIZE = 4 << 20;
    private static final long PATIENCE_SECONDS = 90;

    @TempDir
    Path folder;

    private SftpNodeFixture node;
    private Path work;
    private Path key;

    @BeforeEach
    void start() throws Exception {
        work = Files.createDirectory(folder.resolve("work"));
        node = new SftpNodeFixture(Files.createDirectory(folder.resolve("node")));
        node.configure(settings -> settings.build(
                Build.builder().memoryMebibytes(64).diskMebibytes(512).build()));
        node.daemon().node().server(node.id).sync();
        key = folder.resolve("key");
        run(work, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key.toString());
        var words = Files.readString(folder.resolve("key.pub")).strip().split(" ", -1);
        node.panel.logins.put(
                node.name() + " " + words[0] + " " + words[1],
                new SftpAuthority(node.user, node.id, Permissions.owner()));
    }

    @AfterEach
    void end() {
        node.close();
    }

    @Test
    void opensshMovesFilesBothWaysAndManagesThem() throws Exception {
        var content = random("local.bin", SIZE);
        var batch = Files.writeString(work.resolve("batch"), """
                mkdir world
                put -fp local.bin world/region.bin
                rename world/region.bin world/moved.bin
                chmod 600 world/moved.bin
                ln -s moved.bin world/link.bin
                ln world/moved.bin world/hard.bin
                ls -la world
                df -h
                cp world/moved.bin world/copy.bin
                get -p world/copy.bin back.bin
                rm world/link.bin
                rm world/hard.bin
                mkdir empty
                rmdir empty
                """);

        var said = run(work, sftp("-b", batch.toString()));

        assertThat(said).contains("moved.bin").contains("link.bin").contains("%");
        assertThat(work.resolve("back.bin")).hasBinaryContent(content);
        assertThat(volume("world/moved.bin")).hasBinaryContent(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume("world/moved.bin"))))
                .isEqualTo("rw-------");
        assertThat(Files.getLastModifiedTime(work.resolve("back.bin")).to(TimeUnit.SECONDS))
                .isEqualTo(Files.getLastModifiedTime(volume("world/copy.bin")).to(TimeUnit.SECONDS));
        assertThat(volume("world")).isDirectoryNotContaining(path -> path.endsWith("link.bin"));
        assertThat(volume("empty")).doesNotExist();
    }

    @Test
    void opensshGoesOnWhereItWasCutOff() throws Exception {
        var content = random("large.bin", SIZE);
        var put = Files.writeString(work.resolve("put"), "put large.bin large.bin\n");
        var slow = begin(work, sftp("-l", "8000", "-b", put.toString()));
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(volume("large.bin")) && Files.size(volume("large.bin")) > 300_000);
        } finally {
            slow.destroyForcibly().waitFor();
        }
        assertThat(Files.size(volume("large.bin"))).isLessThan(SIZE);

        var resume = Files.writeString(work.resolve("resume"), "reput large.bin large.bin\n");
        run(work, sftp("-b", resume.toString()));

        assertThat(volume("large.bin")).hasBinaryContent(content);
        Files.copy(volume("large.bin"), work.resolve("part.bin"));
        try (var part = Files.newByteChannel(work.resolve("part.bin"), StandardOpenOption.WRITE)) {
            part.truncate(SIZE / 3);
        }
        var reget = Files.writeString(work.resolve("reget"), "reget large.bin part.bin\n");
        run(work, sftp("-b", reget.toString()));
        assertThat(work.resolve("part.bin")).hasBinaryContent(content);
    }

    @Test
    void lftpMirrorsATreeThereAndBack() throws Exception {
        var local = tree("local");
        var connect = "ssh -a -x " + String.join(" ", sshOptions());
        var script = "set sftp:connect-program '" + connect + "'; set net:max-retries 1; set cmd:fail-exit yes;"
                + " open -u " + node.name() + ",none sftp://127.0.0.1:" + node.port() + ";"
                + " mirror -R local there; mirror there back; get -c there/a.bin -o again.bin; rm -r there; quit";

        run(
                work,
                "lftp",
                "-f",
                Files.writeString(work.resolve("script"), script).toString());

        assertThat(contents(work.resolve("back"))).isEqualTo(contents(local));
        assertThat(work.resolve("again.bin")).hasSameBinaryContentAs(local.resolve("a.bin"));
        assertThat(volume("there")).doesNotExist();
    }

    @Test
    void rcloneSynchronisesAndChecksATree() throws Exception {
        var local = tree("local");
        run(work, rclone("sync", "local", ":sftp:tree"));
        run(work, rclone("check", "--download", "local", ":sftp:tree"));
        assertThat(contents(volume("tree"))).isEqualTo(contents(local));

        Files.delete(local.resolve("a.bin"));
        Files.writeString(local.resolve("deep/er/new.txt"), "new");
        run(work, rclone("sync", "local", ":sftp:tree"));

        assertThat(contents(volume("tree"))).isEqualTo(contents(local));
    }

    @Test
    void sshfsMountsFilesForGitAndAnyProgram() throws Exception {
        var mount = Files.createDirectory(folder.resolve("mount"));
        var options = new ArrayList<>(List.of("sshfs", node.name() + "@127.0.0.1:/", mount.toString()));
        options.addAll(List.of("-p", Integer.toString(node.port())));
        options.addAll(sshOptions());
        run(work, options.toArray(String[]::new));
        try {
            var origin = repository();
            run(mount, "git", "-c", "safe.directory=*", "clone", "-q", origin.toString(), "checkout");
            run(mount.resolve("checkout"), "git", "-c", "safe.directory=*", "fsck", "--strict");
            run(mount.resolve("checkout"), "sh", "./build.sh");
            assertThat(volume("checkout/built.txt")).hasContent("built of source");

            var local = tree("local");
            run(work, "rsync", "-a", "--inplace", "local/", mount.resolve("synced") + "/");
            run(work, "rsync", "-a", mount.resolve("synced") + "/", "back/");
            assertThat(contents(work.resolve("back"))).isEqualTo(contents(local));
            assertThat(contents(volume("synced"))).isEqualTo(contents(local));
        } finally {
            run(work, "fusermount3", "-u", mount.toString());
        }
    }

    private Path repository() throws Exception {
        var origin = Files.createDirectory(work.resolve("origin"));
        Files.writeString(origin.resolve("source.txt"), "source");
        Files.writeString(origin.resolve("build.sh"), """
                printf 'built of %s' "$(cat source.txt)" > built.tmp
                mv built.tmp built.txt
                """);
        run(origin, "git", "init", "-q");
        run(origin, "git", "add", ".");
        run(origin, "git", "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "first");
        return origin;
    }

    private Path tree(String name) throws IOException {
        var local = Files.createDirectories(work.resolve(name));
        Files.createDirectories(local.resolve("deep/er"));
        random(name + "/a.bin", 300_000);
        random(name + "/deep/er/b.bin", 70_000);
        Files.writeString(local.resolve("deep/with space & ümlaut.txt"), "named");
        Files.createFile(local.resolve("empty"));
        for (int i = 0; i < 50; i++) {
            Files.writeString(local.resolve("deep/" + i + ".txt"), "file " + i);
        }
        return local;
    }

    private byte[] random(String name, int size) throws IOException {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(work.resolve(name), content);
        return content;
    }

    private static Map<String, String> contents(Path root) throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.walk(root)) {
            for (var file : files.toList()) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.put(
                            root.relativize(file).toString(),
                            Files.size(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
                }
            }
        }
        return found;
    }

    private Path volume(String path) {
        return node.volume().resolve(path);
    }

    private List<String> sshOptions() {
        return List.of(
                "-oIdentityFile=" + key,
                "-oIdentitiesOnly=yes",
                "-oStrictHostKeyChecking=no",
                "-oUserKnownHostsFile=/dev/null",
                "-oBatchMode=yes",
                "-oLogLevel=ERROR");
    }

    private String[] sftp(String... further) {
        var line = new ArrayList<>(List.of("sftp", "-P", Integer.toString(node.port())));
        line.addAll(sshOptions());
        line.addAll(List.of(further));
        line.add(node.name() + "@127.0.0.1");
        return line.toArray(String[]::new);
    }

    private String[] rclone(String... further) {
        var line =
                new ArrayList<>(List.of("rclone", "--config", "/dev/null", "--retries", "1", "--sftp-host=127.0.0.1"));
        line.addAll(List.of(
                "--sftp-port=" + node.port(),
                "--sftp-user=" + node.name(),
                "--sftp-key-file=" + key,
                "--sftp-shell-type=none"));
        line.addAll(List.of(further));
        return line.toArray(String[]::new);
    }

    private String run(Path directory, String... line) throws Exception {
        var process = begin(directory, line);
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var said = Files.readString(said(directory));
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue())
                    .as(String.join(" ", line) + "\n" + said)
                    .isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process begin(Path directory, String... line) throws IOException {
        var builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(said(directory).toFile());
        // No settings of whoever runs the tests.
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        return builder.start();
    }

    private Path said(Path directory) {
        return folder.resolve("said-" + directory.getFileName());
    }
}
