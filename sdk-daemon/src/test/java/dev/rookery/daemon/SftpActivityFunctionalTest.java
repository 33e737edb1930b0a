package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Json;
import dev.rookery.api.panel.ActivityEntry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the panel hears of what clients change. Source: node API §5.4. */
@Timeout(90)
class SftpActivityFunctionalTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private SftpNodeFixture node;
    private SftpClient sftp;
    private final Instant beginning =
            Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(10));
    private Duration minute = Duration.ZERO;

    @BeforeEach
    void start() throws IOException {
        node = new SftpNodeFixture(root);
        at(minute);
        sftp = node.sftp();
    }

    @AfterEach
    void end() {
        node.close();
    }

    /** Stops the clock so much after the beginning of a minute, so that what a test does is all done in one. */
    private void at(Duration after) {
        node.clock.stop(beginning.plus(after));
    }

    private void create(String path) throws IOException {
        sftp.open(path, OpenMode.Write, OpenMode.Create).close();
    }

    private static Json files(String... paths) {
        return new Json.Array(
                List.of(paths).stream().map(path -> (Json) new Json.Text(path)).toList());
    }

    private List<ActivityEntry> told(int count) {
        // On again: what was stored is told little later.
        node.clock.set(Duration.between(Instant.now(), beginning.plus(minute).plusSeconds(63)));
        await().atMost(SOON).until(() -> node.panel.activity.size() >= count);
        return List.copyOf(node.panel.activity);
    }

    @Test
    void groupsWhatOneUserDidInAMinute() throws IOException {
        sftp.mkdir("dir");
        create("dir/a");
        create("b");
        create("b");
        sftp.setStat("b", new SftpClient.Attributes().size(0));
        sftp.rename("b", "c");
        sftp.getExtension(OpenSSHPosixRenameExtension.class).posixRename("c", "d");
        sftp.symLink("link", "d");
        sftp.remove("link");
        sftp.remove("d");
        sftp.remove("dir/a");
        sftp.rmdir("dir");

        var entries = told(5);

        assertThat(entries)
                .extracting(ActivityEntry::event)
                .containsExactly(
                        "server:sftp.create-directory",
                        "server:sftp.create",
                        "server:sftp.write",
                        "server:sftp.rename",
                        "server:sftp.delete");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.user()).contains(node.user);
            assertThat(entry.server()).isEqualTo(node.id);
            assertThat(entry.address()).isEqualTo("127.0.0.1");
        });
        assertThat(entries)
                .extracting(entry -> entry.metadata().get("files"))
                .containsExactly(
                        files("/dir"),
                        files("/dir/a", "/b", "/link"),
                        files("/b", "/b"),
                        new Json.Array(List.of(renamed("/b", "/c"), renamed("/c", "/d"))),
                        files("/link", "/d", "/dir/a", "/dir"));
    }

    private static Json renamed(String from, String to) {
        return new Json.Obj(Map.of("from", new Json.Text(from), "to", new Json.Text(to)));
    }

    @Test
    void tellsUsersAndMinutesApart() throws IOException {
        var other = node.sftp(node.logIn(node.allow("bob")));
        create("a");
        other.open("b", OpenMode.Write, OpenMode.Create).close();
        minute = Duration.ofMinutes(1);
        at(minute);
        create("c");

        var entries = told(3);

        assertThat(entries)
                .extracting(entry -> entry.metadata().get("files"))
                .containsExactly(files("/a"), files("/b"), files("/c"));
        assertThat(entries.get(0).user()).isNotEqualTo(entries.get(1).user());
        assertThat(Duration.between(entries.get(0).timestamp(), entries.get(2).timestamp()))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void saysNothingOfWhatWasRefusedOrOnlyRead() throws IOException {
        create("a");
        for (var path : List.of("secret.txt", "no/such/directory")) {
            try {
                create(path);
            } catch (IOException ignored) {
                // That is the point.
            }
        }
        sftp.open("a", OpenMode.Read).close();
        sftp.stat("a");

        assertThat(told(1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.metadata().get("files")).isEqualTo(files("/a")));
    }

    /** Entries have a bound, and so has what one user can put into the log of all. */
    @Test
    void namesSoManyFilesAndCountsTheOthers() throws IOException {
        for (int i = 0; i < 2_150; i++) {
            create("f" + i);
        }

        var entries = told(20);

        assertThat(entries).hasSize(20);
        assertThat(entries)
                .allSatisfy(entry -> assertThat(((Json.Array) entry.metadata().get("files")).items())
                        .hasSize(100));
        assertThat(((Json.Array) entries.get(0).metadata().get("files")).items().get(0))
                .isEqualTo(new Json.Text("/f0"));
        assertThat(entries.get(18).metadata()).doesNotContainKey("more");
        assertThat(entries.get(19).metadata().get("more")).isEqualTo(new Json.Num(BigDecimal.valueOf(150)));
    }

    @Test
    void isKeptOverARestartAndWhileThePanelIsAway() throws IOException {
        node.panel.away = true;
        create("a");
        node.daemon().close();
        node.start();
        node.panel.away = false;

        assertThat(told(1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.metadata().get("files")).isEqualTo(files("/a")));
    }
}
