package dev.rookery.examples.panel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rookery.examples.panel.LocalEngine;
import dev.rookery.examples.panel.PanelSettings;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's domain all the way through a real engine to something that speaks HTTP at the server's port. */
abstract class DomainTraffic {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NAME = "shop.play.example.net";

    @TempDir
    Path folder;

    private LocalEngine engine;
    private HttpServer upstream;
    private TestPanel panel;

    /** Returns the engine, which is ended by each test. */
    abstract LocalEngine engine(Path folder) throws IOException;

    @BeforeEach
    void start() throws Exception {
        engine = engine(folder);
        upstream = listen(0);
        panel = open();
        int port = upstream.getAddress().getPort();
        panel.admin()
                .post("/api/admin/nodes", "{\"name\":\"Node\",\"url\":\"http://127.0.0.1:1/\"}")
                .ok();
        panel.admin()
                .post("/api/admin/nodes/1/allocations", "{\"ip\":\"127.0.0.1\",\"ports\":\"" + port + "\"}")
                .ok();
        panel.admin().post("/api/admin/eggs", TestPanel.bundledEgg()).ok();
        panel.serverOf("admin");
        var report = proxy().service().change("test", "settings", engine::settings);
        assertThat(report.said()).isEmpty();
    }

    @AfterEach
    void close() {
        panel.close();
        upstream.stop(0);
        engine.close();
    }

    private TestPanel open() {
        var options = ProxyOptions.of(engine.choice(), folder.resolve("proxy")).offering("*.play.example.net");
        return TestPanel.start(
                Database.open(folder.resolve("data")), PanelSettings.defaults().withProxy(options), node -> node);
    }

    private static HttpServer listen(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            var body = ("hello " + exchange.getRequestHeaders().getFirst("Host")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void aDomainReachesItsServerAndSaysSo() throws Exception {
        var change = add();
        assertThat(change.outcome()).as(change.said()).isEqualTo(ApplyReport.Outcome.APPLIED);
        assertThat(asked()).contains("200").endsWith("hello " + NAME);
        assertStages(
                DomainStage.State.DONE,
                DomainStage.State.DONE,
                DomainStage.State.OFF,
                DomainStage.State.OFF,
                DomainStage.State.OFF,
                DomainStage.State.DONE);

        upstream.stop(0);
        assertStages(
                DomainStage.State.DONE,
                DomainStage.State.DONE,
                DomainStage.State.OFF,
                DomainStage.State.OFF,
                DomainStage.State.OFF,
                DomainStage.State.WAITING);

        upstream = listen(found().primaryAllocation().orElseThrow().address().port());
        domains().remove(found().id(), change.item().id(), "admin");
        assertThat(asked()).as("it is gone").doesNotContain("hello");
        assertThat(domains().list(found())).isEmpty();
    }

    @Test
    void aDomainWorksAgainAfterThePanelWasStartedAnew() throws Exception {
        add();
        panel.close();
        assertThat(asked()).as("the proxy goes on without the panel").contains("hello");

        panel = open();
        Eventually.holds(
                "the engine has it",
                SOON,
                () -> proxy().service().state().applied()
                        && domains().list(found()).get(0).stages().get(5).state() == DomainStage.State.DONE);
        assertThat(asked()).contains("hello");
    }

    @Test
    void theRouteOfADeletedServerStopsWorking() throws Exception {
        add();
        panel.application().service().delete(found().id());
        Eventually.holds("the domain is gone", SOON, () -> {
            var document = proxy().service().head().document();
            return document.routes().isEmpty() && proxy().service().state().applied();
        });
        assertThat(asked()).doesNotContain("hello");
    }

    private DomainChange add() {
        int port = found().primaryAllocation().orElseThrow().address().port();
        return domains().add(found(), new NewDomain(NAME, port, Exposure.PLAIN_HTTP), "admin", false);
    }

    private void assertStages(DomainStage.State... expected) {
        assertThat(domains().list(found()))
                .singleElement()
                .extracting(ServerDomain::stages)
                .satisfies(stages -> assertThat(stages)
                        .as("%s", stages)
                        .extracting(DomainStage::state)
                        .containsExactly(expected));
    }

    private PanelServer found() {
        var servers = panel.application().service().store().servers();
        return servers.list(ServerQuery.all()).servers().get(0);
    }

    private String asked() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), engine.httpPort())) {
            socket.setSoTimeout(10_000);
            var request = "GET / HTTP/1.1\r\nHost: " + NAME + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private PanelProxy proxy() {
        return panel.application().proxy().orElseThrow();
    }

    private ServerDomains domains() {
        return proxy().domains();
    }
}
