package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.wings.HttpPanel;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PanelExtensionTest {

    @RegisterExtension
    final PanelExtension panel = new PanelExtension();

    private final ServerId id = ServerId.random();

    @Test
    void servesTheFakeOverHttp() {
        panel.fake().put(ContractServer.configuration(id, false), ContractServer.install());
        var client = HttpPanel.builder(panel.url(), panel.credentials()).build();

        client.reportInstall(id, new InstallReport(true, false));

        assertThat(client.servers(1, 50).total()).isEqualTo(1);
        assertThat(panel.fake().installs(id)).containsExactly(new InstallReport(true, false));
    }

    @Test
    void letsNobodyElseIn() {
        var stranger = HttpPanel.builder(panel.url(), NodeCredentials.random(new SecureRandom()))
                .build();

        assertThatThrownBy(() -> stranger.servers(1, 50)).isInstanceOf(DeniedException.class);
    }

    @Test
    void failsOneCallOnDemandAndKeepsWhatWasAsked() {
        panel.fake().put(ContractServer.configuration(id, false), ContractServer.install());
        panel.fake().failNext(PanelCall.INSTALL_SCRIPT, () -> new ConflictException("busy"));
        var client = HttpPanel.builder(panel.url(), panel.credentials()).build();

        assertThatThrownBy(() -> client.installScript(id))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("busy");
        assertThat(client.installScript(id)).isEqualTo(ContractServer.install());
        assertThat(panel.fake().asked())
                .containsExactly(
                        new FakePanel.Asked(PanelCall.INSTALL_SCRIPT, id.toString()),
                        new FakePanel.Asked(PanelCall.INSTALL_SCRIPT, id.toString()));
    }

    @Test
    void aReportOutlastsAPanelThatIsAway() {
        panel.fake().failNext(PanelCall.RESET, () -> new UnavailableException("restarting"));

        HttpPanel.builder(panel.url(), panel.credentials()).build().reset();

        assertThat(panel.fake().resets()).isEqualTo(1);
    }

    @Test
    void answersALogInByWhatWentWrong() throws Exception {
        panel.fake().failNext(PanelCall.SFTP_LOGIN, () -> new DeniedException("no"));
        panel.fake().failNext(PanelCall.SFTP_LOGIN, () -> new NotFoundException("no such server"));
        panel.fake().failNext(PanelCall.SFTP_LOGIN, () -> new InvalidInputException("no dot"));
        panel.fake().failNext(PanelCall.SFTP_LOGIN, () -> new ConflictException("suspended"));
        panel.fake().failNext(PanelCall.SFTP_LOGIN, () -> new UnavailableException("away"));
        var login = "{\"username\":\"sam.5f2a6c1e\",\"password\":\"x\"}";

        for (int status : new int[] {403, 403, 400, 409, 503}) {
            assertThat(send("POST", "/api/remote/sftp/auth", login).statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void takesReportsOfMovesByBothVerbs() throws Exception {
        panel.fake().put(ContractServer.configuration(id, false), ContractServer.install());

        assertThat(send("GET", "/api/remote/servers/" + id + "/transfer/failure", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("POST", "/api/remote/servers/" + id + "/transfer/success", "null")
                        .statusCode())
                .isEqualTo(204);
        assertThat(panel.fake().transfers(id)).containsExactly(false, true);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(panel.url().resolve(path))
                .header("Authorization", panel.credentials().nodeToPanel())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
