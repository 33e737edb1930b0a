package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.Content;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.node.Capability;
import dev.rookery.testing.Eventually;
import dev.rookery.wings.SignedUrls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does for browsers that come with a signed URL. Works in a directory of its own. */
public abstract class SignedUrlsContract extends ContractFixture {

    private static final long MORE_THAN_ANY_LIMIT = 101L << 20;

    private final String directory = freshDirectory();
    private final HttpClient browser =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Creates the contract's instance of one test. */
    protected SignedUrlsContract() {}

    /** Returns the signed URLs of a server of the node. */
    protected abstract SignedUrls urls(ServerId server);

    /** Passes the test over where there are no signed URLs. */
    @BeforeEach
    void requireSignedUrls() {
        assumeOffered(Capability.SIGNED_URLS);
    }

    /** Removes what the test has left. */
    @AfterEach
    void clear() {
        if (subject().hasServer()) {
            clear(shared(), directory);
        }
    }

    @Test
    void givesAFileOnce() {
        write(shared().files(), directory + "/level.dat", "the level");
        var uri = urls(shared().id()).download(directory + "/level.dat").uri();

        var first = get(uri);
        var second = get(uri);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("the level");
        assertThat(first.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"level.dat\"");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(first.headers().firstValue("Content-Length")).hasValue("9");
        if (first.headers().firstValue("X-Request-Id").isPresent()) {
            // Calagopus' node lets a URL be used a few times.
            assertThat(second.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void givesAPartOfAFileOrAllOfIt() {
        write(shared().files(), directory + "/level.dat", "the level");
        var uri = urls(shared().id()).download(directory + "/level.dat").uri();

        var part = send(HttpRequest.newBuilder(uri).header("Range", "bytes=4-7").build());

        // The Go daemons know no ranges.
        if (part.statusCode() == 206) {
            assertThat(part.body()).isEqualTo("leve");
            assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 4-7/9");
        } else {
            assertThat(part.statusCode()).isEqualTo(200);
            assertThat(part.body()).isEqualTo("the level");
        }
    }

    @Test
    void givesNothingForAnotherToken() {
        write(shared().files(), directory + "/level.dat", "the level");
        var server = shared().id();
        var upload = urls(server).upload("/").uri();
        var download = urls(server).download(directory + "/level.dat").uri();
        var forged =
                URI.create(download.toString().substring(0, download.toString().length() - 4) + "AAAA");
        var crossed = URI.create(download.toString().replaceAll("token=.*", "token=" + token(upload)));

        assertThat(get(forged).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(get(URI.create(download.toString().replaceAll("token=.*", "token=")))
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        if (strict()) {
            // What a token is for is not looked at by Pterodactyl's daemon: CVE-2026-54593.
            assertThat(get(crossed).statusCode()).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    void givesNoFileThatIsMissing() {
        var urls = urls(shared().id());

        assertThatThrownBy(() -> urls.open(urls.download(directory + "/absent.dat")))
                .isInstanceOf(RookeryException.class);
    }

    @Test
    void takesOneFileAndSeveral() {
        var urls = urls(shared().id());

        urls.send(urls.upload(directory), List.of(upload("one.txt", "first")));
        urls.send(urls.upload(directory), List.of(upload("two.txt", "second"), upload("three.txt", "third")));
        urls.send(urls.upload(directory), List.of(upload("one.txt", "replaced")));

        assertThat(read(shared().files(), directory + "/one.txt")).isEqualTo("replaced");
        assertThat(read(shared().files(), directory + "/two.txt")).isEqualTo("second");
        assertThat(read(shared().files(), directory + "/three.txt")).isEqualTo("third");
    }

    @Test
    void takesNoFileThatTheEggDenies() {
        var urls = urls(shared().id());

        var refusal =
                catchThrowable(() -> urls.send(urls.upload("/"), List.of(upload(ContractServer.DENIED, "denied"))));

        // Pterodactyl's daemon takes it.
        if (strict() || refusal != null) {
            assertThat(refusal).isInstanceOf(RookeryException.class);
            assertThatThrownBy(() -> shared().files().read(ContractServer.DENIED))
                    .isInstanceOf(RookeryException.class);
        } else {
            shared().files().delete("/", List.of(ContractServer.DENIED));
        }
    }

    @Test
    void takesNoFileBeyondItsLimit() {
        assumeExpendable(); // And its node's limit is the usual one.
        var urls = urls(shared().id());
        var large = new SignedUrls.Upload(
                "large.bin", Content.of(new PatternStream(MORE_THAN_ANY_LIMIT), OptionalLong.of(MORE_THAN_ANY_LIMIT)));

        assertThatThrownBy(() -> urls.send(urls.upload(directory), List.of(large)))
                .isInstanceOf(RookeryException.class);
        if (strict()) {
            // Calagopus' daemon leaves what had come by then.
            assertThatThrownBy(() -> shared().files().read(directory + "/large.bin"))
                    .isInstanceOf(RookeryException.class);
        }
    }

    @Test
    void letsPagesOfThePanelAsk() {
        var preflight =
                send(HttpRequest.newBuilder(urls(shared().id()).upload("/").uri())
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build());

        assertThat(preflight.statusCode()).isBetween(200, 204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isPresent();
    }

    @Test
    void givesABackup() throws IOException {
        assumeOffered(Capability.BACKUPS);
        panel();
        var server = installed();
        var id = BackupId.random();
        server.backups().create(new BackupRequest(id, BackupAdapter.WINGS, List.of()));
        Eventually.holds("a backup report", LATER, () -> !panel().backups(id).isEmpty());
        var urls = urls(server.id());

        try (var content = urls.open(urls.backup(id))) {
            assertThat(content.stream().readAllBytes())
                    .hasSize((int) panel().backups(id).get(0).sizeBytes());
        }
        assertThatThrownBy(() -> urls.open(urls.backup(BackupId.random()))).isInstanceOf(NotFoundException.class);
        server.backups().delete(id); // Some nodes keep it when the server goes.
    }

    private static SignedUrls.Upload upload(String name, String text) {
        return new SignedUrls.Upload(name, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String token(URI uri) {
        return uri.getQuery().replaceAll(".*token=([^&]*).*", "$1");
    }

    private HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return browser.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
