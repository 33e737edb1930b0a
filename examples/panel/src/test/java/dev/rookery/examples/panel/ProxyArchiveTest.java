package dev.rookery.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.UnavailableException;
import dev.rookery.examples.panel.proxy.ObjectArchive;
import dev.rookery.panel.s3.S3ObjectStore;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies of revisions in a foreign S3 server. */
@Tag("s3")
@Timeout(60)
class ProxyArchiveTest {

    private static final Revision REVISION =
            Revision.NONE.next(ProxyDocument.EMPTY, new ChangeNote("tester", "first", Instant.EPOCH));

    @TempDir
    Path data;

    @Test
    void aCopyIsTheRevisionByteForByte() throws Exception {
        try (var server = S3Server.start(data)) {
            var objects = new S3ObjectStore(server.options());
            var archive = new ObjectArchive(objects, new OkHttpClient(), "panel");
            archive.keep("00000001.jsonl", REVISION.toBytes());
            archive.keep("00000001.jsonl", REVISION.toBytes());

            var key = "proxy/panel/00000001-"
                    + REVISION.etag().replaceAll("[^A-Za-z0-9]", "").substring(0, 16) + ".jsonl";
            var request = HttpRequest.newBuilder(objects.download(key, Duration.ofMinutes(1)))
                    .build();
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Revision.fromBytes(answer.body())).isEqualTo(REVISION);
        }
    }

    @Test
    void aStoreThatIsAwayIsToBeTriedAgain() throws IOException {
        var server = S3Server.start(data);
        var archive = new ObjectArchive(new S3ObjectStore(server.options()), new OkHttpClient(), "panel");
        server.close();
        assertThatThrownBy(() -> archive.keep("00000001.jsonl", REVISION.toBytes()))
                .isInstanceOf(UnavailableException.class);
    }
}
