package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.config.NodeConfigurationPatch;
import java.io.IOException;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PanelEnrolmentTest {

    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final String KEY = "papp_0123456789012345678901234567890123456789012";
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
    void fetchesTheDocumentWithEverythingInIt() throws InterruptedException {
        peer.answers(200, "{\"uuid\":\"u\",\"token_id\":\"id\",\"api\":{\"port\":8080},\"unheard_of\":[1]}");

        var document = fetch(KEY);

        assertThat(document.values()).containsOnlyKeys("uuid", "token_id", "api.port", "unheard_of");
        var request = peer.request();
        assertThat(request.getRequestLine()).startsWith("GET /api/application/nodes/3/configuration ");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
    }

    @Test
    void tellsThePanelTheCertificateToTrust() throws InterruptedException {
        peer.answers(200, "{}");
        var own = CertificatePin.certificate("0f".repeat(32));

        PanelEnrolment.fetch(CLIENT, peer.url(), new NodeId(3), KEY, Optional.of(own), CallOptions.defaults());

        assertThat(peer.request().getHeaders().get("X-Rookery-Certificate-Sha256"))
                .isEqualTo("0f".repeat(32));
    }

    @Test
    void refusesThePinOfAKeyForThatOfACertificate() {
        var key = Optional.of(CertificatePin.publicKey("0f".repeat(32)));

        assertThatThrownBy(
                        () -> PanelEnrolment.fetch(CLIENT, peer.url(), new NodeId(3), KEY, key, CallOptions.defaults()))
                .isInstanceOf(InvalidInputException.class);
        assertThat(peer.server.getRequestCount()).isZero();
    }

    @Test
    void saysThatTheKeyIsUsedUpWithoutShowingIt() {
        peer.answers(403, "{\"errors\":[{\"code\":\"x\",\"status\":\"403\",\"detail\":\"" + KEY + " was used\"}]}");

        assertThatThrownBy(() -> fetch(KEY))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("was used")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void asksOnceSinceTheFirstAnswerMayHaveUsedTheKey() {
        peer.answers(503, "");

        assertThatThrownBy(() -> fetch(KEY)).isInstanceOf(UnavailableException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatCannotBeOne() {
        assertThatThrownBy(() -> fetch("two words"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("two words");
    }

    private NodeConfigurationPatch fetch(String key) {
        return PanelEnrolment.fetch(CLIENT, peer.url(), new NodeId(3), key, CallOptions.defaults());
    }
}
