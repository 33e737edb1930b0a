package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's examples run here, and the guide shows what runs here. */
class CloudflareGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guide", "cloudflare.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "dev", "rookery", "proxy", "cloudflare", "CloudflareGuideTest.java");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from CloudflareGuideTest tag (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

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
        var source = Files.readString(SOURCE);
        var snippets = SNIPPET.matcher(Files.readString(GUIDE));
        int count = 0;
        while (snippets.find()) {
            count++;
            assertThat(snippets.group(2).strip()).as(snippets.group(1)).isEqualTo(tagged(source, snippets.group(1)));
        }
        assertThat(count).isEqualTo(5);
    }

    private static String tagged(String source, String tag) {
        var found = Pattern.compile(
                        "// tag::" + Matcher.quoteReplacement(tag) + "\\[]\\n(.*?)\\n\\s*// end::"
                                + Matcher.quoteReplacement(tag) + "\\[]",
                        Pattern.DOTALL)
                .matcher(source);
        assertThat(found.find()).as(tag).isTrue();
        return found.group(1).stripIndent().strip();
    }
}
