package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Daemons that are older than those we ran, or betas of Pelican's, may tell less; what they tell is understood. */
@Timeout(30)
class OlderDaemonsTest {

    private static final String SYSTEM = "{\"architecture\":\"amd64\",\"cpu_count\":4,\"kernel_version\":\"5.15\","
            + "\"os\":\"linux\",\"version\":\"1.7.5\"}";

    private final ServerId id = ServerId.random();
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void hasNoDetailsOfTheMachineWhereOnlyTheShortFormIsKnown() {
        peer.answers(200, SYSTEM);

        assertThatThrownBy(() -> node().machine().details())
                .isInstanceOfSatisfying(
                        NotOfferedException.class,
                        e -> assertThat(e.capability()).isEqualTo(Capability.MACHINE_DETAILS));
    }

    @Test
    void showsAServerWithoutUptimeLimitAndNetwork() {
        peer.answers(
                200,
                "{\"state\":\"running\",\"is_suspended\":false,\"utilization\":{\"memory_bytes\":1,\"cpu_absolute\":0.5,"
                        + "\"network\":null,\"state\":\"running\",\"disk_bytes\":7},\"configuration\":{\"uuid\":\"" + id
                        + "\",\"environment\":null,\"allocations\":null,\"mounts\":null,\"egg\":null,"
                        + "\"build\":{\"memory_limit\":0,\"threads\":null},\"container\":{\"image\":\"x\"}}}");

        var details = node().server(id).details();

        assertThat(details.state()).isEqualTo(ServerState.RUNNING);
        assertThat(details.utilization().diskBytes()).isEqualTo(7);
        assertThat(details.utilization().uptimeMillis()).isZero();
    }

    @Test
    void listsFilesWithoutBitsAndWithTimesOfAnotherZone() {
        peer.answers(
                200,
                "[{\"name\":\"a.txt\",\"created\":\"2022-05-01T12:00:00.123456789+02:00\",\"modified\":"
                        + "\"2022-05-01T12:00:00+02:00\",\"mode\":\"-rw-r--r--\",\"size\":3,\"directory\":false,"
                        + "\"file\":true,\"symlink\":false,\"mime\":\"text/plain; charset=utf-8\"}]");

        assertThat(node().server(id).files().list("/")).singleElement().satisfies(entry -> {
            assertThat(entry.modeBits()).hasToString("644");
            assertThat(entry.modified()).isEqualTo(Instant.parse("2022-05-01T10:00:00Z"));
        });
    }

    @Test
    void doesNotTakeADownloadThatHasOnlyBegunForAFile() {
        peer.answers(202, "{\"identifier\":\"6a1f2f0e-5f25-4f0f-9f55-0d5e0f2f7f11\"}");
        var request = RemoteDownloadRequest.builder("/", URI.create("https://files.example/half.bin"))
                .build();

        assertThatThrownBy(() -> node().server(id).files().downloads().fetch(request))
                .isInstanceOf(NotOfferedException.class)
                .hasMessageContaining("6a1f2f0e-5f25-4f0f-9f55-0d5e0f2f7f11");
    }

    @Test
    void readsErrorsOfManyShapes() {
        peer.answers(500, "{\"error\":\"pull failed\",\"request_id\":\"abc\"}");
        peer.answers(500, "");
        peer.answers(502, "<html><body>502 Bad Gateway</body></html>");

        assertThatThrownBy(() -> node().server(id).sync())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("pull failed");
        assertThatThrownBy(() -> node().server(id).sync()).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> node().server(id).sync())
                .isInstanceOf(UnavailableException.class)
                .hasMessageNotContaining("<html>");
    }

    private HttpNode node() {
        return HttpNode.builder(peer.url(), NodeCredentials.random(new SecureRandom()))
                .dialect(Dialect.PTERODACTYL)
                .build();
    }
}
