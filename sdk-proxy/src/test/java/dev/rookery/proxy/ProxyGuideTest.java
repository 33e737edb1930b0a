package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's examples run here, and the guide shows what runs here. */
class ProxyGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guide", "proxy.md");
    private static final Path SOURCE = Path.of("src", "test", "java", "dev", "rookery", "proxy", "ProxyGuideTest.java");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from ProxyGuideTest tag (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void aRouteAndItsConfiguration() {
        var said = new ByteArrayOutputStream();
        var log = new PrintStream(said, true, StandardCharsets.UTF_8);
        // tag::route[]
        var route = HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains("lobby.example.net")
                .addPaths(PathMatch.prefix("/map"))
                .build();
        var document = ProxyDocument.builder().addRoutes(route).build();
        // end::route[]
        // tag::caddy[]
        var engine = EngineFeatures.caddy("2.11.4");
        for (var finding : RouteCheck.check(document, engine)) {
            log.println(finding);
        }
        byte[] config = CaddyConfig.of(document, engine, CaddyOptions.usual(1)).bytes();
        // end::caddy[]

        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(new String(config, StandardCharsets.UTF_8))
                .contains("\"host\":[\"lobby.example.net\"],\"path\":[\"/map\",\"/map/*\"]")
                .contains("\"dial\":\"10.20.0.5:8080\"")
                .contains("\"X-Rookery-Revision\":[\"1\"]");
    }

    @Test
    void aRouteThatIsSavedAppliedAndProven() {
        var said = new ByteArrayOutputStream();
        var log = new PrintStream(said, true, StandardCharsets.UTF_8);
        var directory = folder.resolve("state");
        var engine = new FileEngine(folder);
        // tag::service[]
        var proxy = ProxyService.builder(FileRouteStore.open(directory), engine).build();
        proxy.start();
        var routes = proxy.routes("anna@example.net");
        var report = routes.put(HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains("lobby.example.net")
                .build());
        log.println(report.applied() ? "it runs" : report.said());
        // end::service[]
        // tag::plan[]
        var plan = proxy.plan(document -> ProxyDocument.EMPTY);
        plan.findings().forEach(log::println);
        plan.differences().forEach(difference -> log.println(difference.place()));
        // end::plan[]
        proxy.close();

        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("it runs\n/routes\n");
        assertThat(engine.routes()).contains("lobby.example.net");
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
        assertThat(count).isEqualTo(4);
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
