package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.node.Capability;
import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that leaves nothing behind ends when nobody waits for it any more. */
class GoneClientTest {

    @TempDir
    private Path files;

    @Test
    void endsASearchWhoseClientIsGone() throws IOException {
        try (var edge = new EdgeFixture(files, options -> options, limits -> limits, Capability.CONTENT_SEARCH)) {
            var server = edge.node.add(ServerState.OFFLINE).id;
            var body = "{\"directory\":\"/\",\"text\":\"needle\"}";
            try (var socket = edge.socket()) {
                socket.getOutputStream()
                        .write(("POST /api/servers/" + server + "/files/search/content HTTP/1.1\r\nHost: n\r\n"
                                        + "Authorization: " + EdgeFixture.CREDENTIALS.panelToNode()
                                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                await().untilAsserted(() -> assertThat(edge.node.calls).contains("searching"));
            }

            await().untilAsserted(() -> assertThat(edge.node.calls).contains("search cancelled"));
        }
    }
}
