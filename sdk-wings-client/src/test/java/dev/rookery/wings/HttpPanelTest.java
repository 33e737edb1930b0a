package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.RotatingCredentials;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpPanelTest {

    private static final NodeCredentials CREDENTIALS =
            new NodeCredentials("AbCdEfGh12345678", "s3cr3t-0123456789-0123456789-0123456789-0123456789-0123456789-01");
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final ServerId ID = ServerId.parse("5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    private static final String CONFIGURATION = """
            {"settings":{"uuid":"5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c","suspended":false,"invocation":"./run",
               "environment":{"PORT":"25565"},"build":{"memory_limit":512,"swap":0,"disk_space":0,"cpu_limit":0,"io_weight":500},
               "container":{"image":"local/echo"},"egg":{"id":"e","file_denylist":[],"features":[]}},
             "process_configuration":{"startup":{"done":["Ready"]},"stop":{"type":"command","value":"stop"},"configs":[]}}
            """;

    private Peer peer;
    private Panel panel;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
        panel = HttpPanel.builder(peer.url(), CREDENTIALS)
                .client(CLIENT)
                .version("1.2.3")
                .header("X-Proxy-Key", "open")
                .build();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void presentsTheNewestOfItsCredentials() throws InterruptedException {
        var credentials = RotatingCredentials.of(CREDENTIALS, Clock.systemUTC());
        var next = new NodeCredentials(
                "Next567890123456", "next-0123456789-0123456789-0123456789-0123456789-0123456789-01");
        var rotating = HttpPanel.builder(peer.url(), credentials).client(CLIENT).build();
        peer.answers(200, CONFIGURATION);
        peer.answers(403, "{\"error\":\"not " + next.token() + "\"}");

        rotating.configuration(ID);
        credentials.rotate(next, Duration.ofMinutes(10));
        assertThatThrownBy(() -> rotating.configuration(ID)).hasMessageNotContaining(next.token());

        assertThat(peer.request().getHeaders().get("Authorization")).isEqualTo(CREDENTIALS.nodeToPanel());
        var second = peer.request();
        assertThat(second.getHeaders().get("Authorization")).isEqualTo(next.nodeToPanel());
        assertThat(second.getHeaders().get("User-Agent")).endsWith("(id:" + next.tokenId() + ")");
    }

    @Test
    void presentsItselfAsPanelsExpect() throws InterruptedException {
        peer.answers(200, CONFIGURATION);

        panel.with(CallOptions.defaults().correlationId("click-7")).configuration(ID);

        var request = peer.request();
        assertThat(request.getRequestLine()).isEqualTo("GET /api/remote/servers/" + ID + " HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization"))
                .isEqualTo("Bearer " + CREDENTIALS.tokenId() + "." + CREDENTIALS.token());
        assertThat(request.getHeaders().get("User-Agent"))
                .isEqualTo("Pelican Wings/v1.2.3 (id:" + CREDENTIALS.tokenId() + ")");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("X-Proxy-Key")).isEqualTo("open");
        assertThat(request.getHeaders().get("X-Correlation-Id")).isEqualTo("click-7");
    }

    @Test
    void readsHowToRunAndInstallAServer() {
        peer.answers(200, CONFIGURATION);
        peer.answers(200, "{\"container_image\":\"img\",\"entrypoint\":\"bash\",\"script\":\"#!/bin/bash\\r\\n\"}");

        assertThat(panel.configuration(ID).settings().environment()).containsEntry("PORT", "25565");
        assertThat(panel.installScript(ID).script()).isEqualTo("#!/bin/bash\r\n");
    }

    @Test
    void refusesTheConfigurationOfAnotherServer() {
        peer.answers(200, CONFIGURATION);

        assertThatThrownBy(() -> panel.configuration(ServerId.random()))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(ID.toString());
    }

    @Test
    void pagesFromOneAndKeepsAMalformedEntryApart() throws InterruptedException {
        var data = "{\"uuid\":\"" + ID + "\"," + CONFIGURATION.strip().substring(1);
        peer.answers(
                200,
                "{\"data\":[" + data + ",{\"uuid\":\"broken\",\"settings\":{\"build\":7}},5],"
                        + "\"meta\":{\"current_page\":1,\"from\":null,\"last_page\":\"3\",\"per_page\":\"50\",\"total\":131}}");

        var page = panel.servers(1, 50);

        assertThat(peer.request().getTarget()).isEqualTo("/api/remote/servers?page=1&per_page=50");
        assertThat(page.lastPage()).isEqualTo(3);
        assertThat(page.total()).isEqualTo(131);
        assertThat(page.servers()).hasSize(3);
        assertThat(page.servers().get(0).uuid()).isEqualTo(ID.toString());
        assertThat(page.servers().get(0).configuration()).isNotNull();
        assertThat(page.servers().get(1).uuid()).isEqualTo("broken");
        assertThat(page.servers().get(1).problem()).isNotBlank();
        assertThat(page.servers().get(2).problem()).isNotBlank();
    }

    @Test
    void survivesMissingFigures() {
        peer.answers(200, "{\"data\":[],\"meta\":{\"last_page\":0,\"total\":null}}");

        var page = panel.servers(1, 50);

        assertThat(page.lastPage()).isEqualTo(1);
        assertThat(page.total()).isZero();
        assertThatThrownBy(() -> panel.servers(0, 50)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void sendsReports() throws InterruptedException {
        peer.answers(204, "");
        peer.answers(200, "[]");
        peer.answers(204, "");

        panel.reportInstall(ID, new InstallReport(true, false));
        panel.reportState(ID, new StateChange(ServerState.STARTING, ServerState.RUNNING));
        panel.reset();

        var install = peer.request();
        assertThat(install.getTarget()).isEqualTo("/api/remote/servers/" + ID + "/install");
        assertThat(Peer.body(install)).isEqualTo("{\"successful\":true,\"reinstall\":false}");
        var state = peer.request();
        assertThat(state.getTarget()).isEqualTo("/api/remote/servers/" + ID + "/container/status");
        assertThat(Peer.body(state))
                .isEqualTo("{\"data\":{\"previous_state\":\"starting\",\"new_state\":\"running\"}}");
        var reset = peer.request();
        assertThat(reset.getTarget()).isEqualTo("/api/remote/servers/reset");
        assertThat(Peer.body(reset)).isEqualTo("null");
    }

    @Test
    void triesAgainWhatMayPassByAndReportsToo() {
        peer.answers(500, "");
        peer.server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        peer.answers(204, "");

        panel.reportInstall(ID, new InstallReport(true, false));

        assertThat(peer.server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void takes4xxForFinalAndShowsWhatThePanelSays() {
        peer.answers(
                403,
                "{\"errors\":[{\"code\":\"HttpForbiddenException\",\"status\":\"403\",\"detail\":\"Not your server.\"}]}");
        peer.answers(404, "{\"error\":\"no such server\"}");
        peer.answers(409, "{\"errors\":[\"in transfer\"]}");
        peer.answers(429, "<html>slow down</html>");

        assertThatThrownBy(() -> panel.configuration(ID))
                .isInstanceOf(DeniedException.class)
                .hasMessageEndingWith("Not your server. [HttpForbiddenException]");
        assertThatThrownBy(() -> panel.configuration(ID))
                .isInstanceOf(NotFoundException.class)
                .hasMessageEndingWith("no such server");
        assertThatThrownBy(() -> panel.configuration(ID))
                .isInstanceOf(ConflictException.class)
                .hasMessageEndingWith("in transfer");
        assertThatThrownBy(() -> panel.configuration(ID))
                .isInstanceOf(UnavailableException.class)
                .hasMessageNotContaining("html");
        assertThat(peer.server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void staysWithinTheDeadlineOfTheCall() {
        for (int i = 0; i < 20; i++) {
            peer.answers(503, "");
        }

        assertThatThrownBy(() ->
                        panel.with(CallOptions.deadline(Duration.ofSeconds(1))).reset())
                .as("of the last answer, or of the time")
                .isInstanceOfAny(UnavailableException.class, DeadlineException.class);
        assertThat(peer.server.getRequestCount())
                .as("the shortest pauses, of which no third one ends in time")
                .isLessThanOrEqualTo(3);
    }

    @Test
    void triesOnceForWhoKeepsReportsHimself() {
        peer.answers(503, "");
        var once = HttpPanel.builder(peer.url(), CREDENTIALS)
                .client(CLIENT)
                .retryBudget(Duration.ZERO)
                .build();

        assertThatThrownBy(once::reset).isInstanceOf(UnavailableException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void followsNoRedirectThatWouldLoseAReport() {
        peer.server.enqueue(Peer.answer(301, "")
                .setHeader("Location", "https://panel.example/")
                .build());

        assertThatThrownBy(panel::reset)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("https://panel.example/");
    }

    @Test
    void leavesTheHeadersThatMatterToItself() {
        var builder = HttpPanel.builder(peer.url(), CREDENTIALS);

        assertThatThrownBy(() -> builder.header("authorization", "x")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> builder.header("X-A", "a\nb")).isInstanceOf(InvalidInputException.class);
    }
}
