package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.GuideSnippets;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.proxy.route.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's examples run here, and the guide shows what runs here. */
class CloudflareGuideTest {

    @TempDir
    Path folder;

    @Test
    void anAccountIsBroughtToWhatIsWanted() throws IOException {
        var said = new ByteArrayOutputStream();
        var log = new PrintStream(said, true, StandardCharsets.UTF_8);
        var accountId = FakeCloudflare.ACCOUNT;
        try (var cloudflare = new FakeCloudflare()) {
            cloudflare.zone("example.net");
            // tag::document[]
            var binding = CloudflareBinding.builder("main", accountId, SecretRef.parse("env:CLOUDFLARE_TOKEN"))
                    .proxyUrl("http://caddy:8080")
                    .build();
            var lobby = HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                    .addDomains("lobby.example.net")
                    .exposure(Exposure.TUNNEL)
                    .build();
            var ssh = HttpRoute.builder("ssh", ProxyTo.of(Upstream.http("10.20.0.9", 22)))
                    .addDomains("ssh.example.net")
                    .exposure(Exposure.TUNNEL_TCP)
                    .build();
            var document = ProxyDocument.builder()
                    .addCloudflare(binding)
                    .addRoutes(lobby, ssh)
                    .build();
            // end::document[]
            try (var outbox = CloudflareOutbox.builder(folder, "panel-1")
                    .secrets(secret -> FakeCloudflare.TOKEN)
                    .api(token -> cloudflare.api().build())
                    .build()) {
                // tag::plan[]
                outbox.plan(document, "main").lines().forEach(log::println);
                // end::plan[]
                // tag::sync[]
                outbox.want(1, document);
                var status = outbox.sync("main", SyncOptions.USUAL);
                // end::sync[]
                assertThat(status.state()).isEqualTo(CloudflareStatus.State.DONE);
                // tag::take[]
                outbox.sync("main", new SyncOptions(false, Set.of("lobby.example.net")));
                // end::take[]
            }
            try (var outbox = CloudflareOutbox.builder(folder, "panel-1")
                    .secrets(secret -> FakeCloudflare.TOKEN)
                    .api(token -> cloudflare.api().build())
                    .build()) {
                // tag::undo[]
                var undone = outbox.undo("main");
                // end::undo[]
                assertThat(undone.state()).isEqualTo(CloudflareStatus.State.UNDONE);
                assertThat(cloudflare.records()).isEmpty();
                outbox.sync("main", SyncOptions.USUAL);
            }
            var program = Path.of("/bin/false");
            var directory = folder.resolve("connectors");
            var token = "a-token";
            // tag::connector[]
            var keeper = new ConnectorKeeper(Clock.systemUTC());
            keeper.want(ConnectorLauncher.processes(program, directory), token);
            var again = keeper.look();
            // end::connector[]
            assertThat(again).isAfter(Instant.EPOCH);
            keeper.close();
            // tag::file[]
            byte[] config = Ingress.of(document, "main")
                    .configFile(
                            "6ff42ae2-765d-4adf-8112-31c55c1551ef", "/etc/cloudflared/panel.json", "127.0.0.1:20241");
            // end::file[]
            assertThat(new String(config, StandardCharsets.UTF_8)).contains("ssh://10.20.0.9:22");
            assertThat(cloudflare.record("ssh.example.net")).isPresent();
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("CREATE the tunnel");
    }

    @Test
    void showsWhatRuns() throws IOException {
        GuideSnippets.assertShown("cloudflare.md", CloudflareGuideTest.class, 7);
    }
}
