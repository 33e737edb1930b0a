package dev.rookery.wings;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import okhttp3.OkHttpClient;

/** A node that answers what it is told to, in the manner of a dialect, and remembers what it was asked. */
final class NodeWire implements AutoCloseable {

    static final ServerId ID = ServerId.parse("7c0d1234-0000-4000-8000-000000000001");
    static final NodeCredentials CREDENTIALS =
            new NodeCredentials("AbCdEfGh12345678", "s3cr3t-0123456789-0123456789-0123456789-0123456789-0123456789-01");
    static final OkHttpClient CLIENT = new OkHttpClient();
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    NodeWire() {
        server.start();
    }

    URI url() {
        return URI.create(server.baseUrl());
    }

    HttpNode node(Dialect dialect) {
        return builder().dialect(dialect).build();
    }

    HttpNodeBuilder builder() {
        return HttpNode.builder(url(), CREDENTIALS)
                .client(CLIENT)
                .panelUrl("https://panel.example")
                .consoleUser(new UUID(0, 1))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .deadlines(NodeDeadlines.builder().retryBudget(Duration.ZERO).build());
    }

    /** Answers everything from now on, and forgets what it was asked. */
    void answers(Dialect dialect, Canned canned) {
        server.resetAll();
        var response = aResponse().withStatus(canned.status());
        if (!canned.body().isEmpty()) {
            response.withHeader("Content-Type", canned.type()).withBody(canned.body());
        }
        if (dialect == Dialect.PELICAN) {
            response.withHeader("User-Agent", "Pelican Wings/v1.2.3 (id:AbCdEfGh12345678)");
        }
        if (dialect != Dialect.CALAGOPUS && dialect != Dialect.NEXUS) {
            response.withHeader("X-Request-Id", "req-1");
        }
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    List<LoggedRequest> asked() {
        return server.getAllServeEvents().stream()
                .map(event -> LoggedRequest.createFrom(event.getRequest()))
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    /**
     * An answer.
     *
     * @param status the status
     * @param type the content type, which the daemons choose freely
     * @param body the body; empty for none
     */
    record Canned(int status, String type, String body) {

        static Canned empty(int status) {
            return new Canned(status, "", "");
        }

        static Canned json(int status, String body) {
            return new Canned(status, "application/json; charset=utf-8", body);
        }

        static Canned text(int status, String body) {
            return new Canned(status, "text/plain; charset=utf-8", body);
        }
    }
}
