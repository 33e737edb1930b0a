package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.engine.CaddyEngine;
import dev.rookery.proxy.engine.CaddyEngineOptions;
import dev.rookery.proxy.engine.FreePorts;
import dev.rookery.proxy.engine.LocalUpstream;
import dev.rookery.proxy.engine.RunningCaddy;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.StageState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Caddy and the fake Cloudflare together. */
@Tag("caddy")
class CloudflareCaddyTest {

    private static final String HOST = "lobby.example.net";

    @TempDir
    Path folder;

    @Test
    void theTunnelsListenerAnswersBeforeAnybodyIsLedToItAndNotAnyMoreOnceTheRouteIsGone() throws Exception {
        var ports = FreePorts.of(4);
        var admin = "127.0.0.1:" + ports[0];
        var settings = ProxySettings.builder()
                .listenAddress("127.0.0.1")
                .httpPort(ports[1])
                .httpsPort(ports[2])
                .tunnelPort(ports[3])
                .addAllowedUpstreams("127.0.0.0/8")
                .build();
        try (var cloudflare = new FakeCloudflare();
                var caddy = new RunningCaddy(folder, admin);
                var upstream = new LocalUpstream("one");
                var engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                        .admin(admin)
                        .program(RunningCaddy.PROGRAM)
                        .bootFile(caddy.bootFile())
                        .restart(caddy::restart)
                        .build());
                var service = service(cloudflare, engine)) {
            cloudflare.zone("example.net");
            caddy.await(() -> runs(engine));
            var answers = new CopyOnWriteArrayList<String>();
            cloudflare.before(call -> {
                if (!call.startsWith("GET")) {
                    answers.add(ask(ports[3]));
                }
            });
            var binding = Wanted.binding("main")
                    .proxyUrl("http://127.0.0.1:" + ports[3])
                    .deleteGrace(Duration.ZERO)
                    .build();

            var put = service.change("anna", "a name", present -> document(settings, binding, upstream.port()));
            assertThat(put.applied()).as("%s", put).isTrue();
            done(service, 1);
            assertThat(answers)
                    .as("at each write to Cloudflare")
                    .hasSize(3)
                    .allMatch(answer -> answer.startsWith("HTTP/1.1 200"));
            assertThat(cloudflare.record(HOST)).isPresent();

            answers.clear();
            service.routes("anna").remove("lobby");
            assertThat(ask(ports[3])).startsWith("HTTP/1.1 404");
            done(service, 2);
            assertThat(answers).isNotEmpty().allMatch(answer -> answer.startsWith("HTTP/1.1 404"));
            assertThat(cloudflare.records()).isEmpty();
        }
    }

    private ProxyService service(FakeCloudflare cloudflare, ProxyEngine engine) {
        return ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .cloud(new CloudflareSync(CloudflareOutbox.builder(folder.resolve("outbox"), "test")
                        .secrets(secret -> FakeCloudflare.TOKEN)
                        .api(token -> cloudflare.api().build())
                        .build()))
                .build();
    }

    private static ProxyDocument document(ProxySettings settings, CloudflareBinding binding, int port) {
        return ProxyDocument.builder()
                .settings(settings)
                .addCloudflare(binding)
                .routes(List.of(HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("127.0.0.1", port)))
                        .addDomains(HOST)
                        .exposure(Exposure.TUNNEL)
                        .build()))
                .build();
    }

    private static void done(ProxyService service, long revision) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.state()
                        .cloud()
                        .filter(state -> state.revision() == revision && state.outcome() == StageState.Outcome.DONE)
                        .isPresent());
    }

    private static boolean runs(ProxyEngine engine) {
        try {
            engine.running();
            return true;
        } catch (EngineException notYet) {
            return false;
        }
    }

    /** Asks as a connector would; returns the first line. */
    private static String ask(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.lines().findFirst().orElse("nothing");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
