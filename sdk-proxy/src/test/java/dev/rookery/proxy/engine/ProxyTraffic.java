package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.route.Action;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.ErrorPage;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.PassiveHealth;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyDocumentBuilder;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Reject;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.Rewrite;
import dev.rookery.proxy.route.ServeFiles;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through an engine that runs what was made of routes: each engine does the same with them. */
abstract class ProxyTraffic {

    @TempDir
    Path folder;

    int[] ports = {};
    LocalUpstream one;
    LocalUpstream two;
    private ProxyEngine engine;
    private long revision;

    abstract ProxyEngine engine() throws Exception;

    abstract Issuer certificate() throws Exception;

    @BeforeEach
    void start() throws Exception {
        ports = FreePorts.of(6);
        one = new LocalUpstream("one");
        two = new LocalUpstream("two");
        engine = engine();
    }

    @AfterEach
    void end() {
        engine.close();
        one.close();
        two.close();
    }

    @Test
    void goesByHostWildcardAndPath() throws IOException {
        run(
                route("host", one).addDomains("a.example.net"),
                route("below", two).addDomains("*.example.net"),
                route("path", two).addDomains("a.example.net").addPaths(PathMatch.prefix("/two")),
                route("exact", two).addDomains("a.example.net").addPaths(PathMatch.exact("/only")));

        assertThat(get("a.example.net", "/").text()).startsWith("one GET /");
        assertThat(get("A.Example.NET", "/x?y=z%20").text()).startsWith("one GET /x?y=z%20\n");
        assertThat(get("a.example.net", "/two").text()).startsWith("two");
        assertThat(get("a.example.net", "/TWO/a").text())
                .as("letters without their case")
                .startsWith("two");
        assertThat(get("a.example.net", "/twofold").text()).as("whole segments").startsWith("one");
        assertThat(get("a.example.net", "/only").text()).startsWith("two");
        assertThat(get("a.example.net", "/only/more").text()).startsWith("one");
        assertThat(get("b.example.net", "/").text()).startsWith("two");
        assertThat(get("c.b.example.net", "/").status()).as("one label").isEqualTo(404);
        assertThat(get("other.example.org", "/").status()).isEqualTo(404);
    }

    @Test
    void asksTheRouteWithPriorityFirst() throws IOException {
        run(
                route("all", one)
                        .addDomains("a.example.net")
                        .addPaths(PathMatch.regex("^/v[0-9]+$"))
                        .priority(5),
                route("long", two).addDomains("a.example.net").addPaths(PathMatch.prefix("/v1")));

        assertThat(get("a.example.net", "/v1").text()).startsWith("one");
        assertThat(get("a.example.net", "/v1/x").text()).startsWith("two");
        assertThat(get("a.example.net", "/").status()).isEqualTo(404);
    }

    @Test
    void fallsThroughToTheWildcardAbove() throws IOException {
        run(
                route("part", one).addDomains("a.example.net").addPaths(PathMatch.prefix("/part")),
                route("above", two).addDomains("*.example.net").addPaths(PathMatch.prefix("/above")),
                action("rest", new Respond(200, "text/plain", Map.of(), "rest")).catchAll(true));

        assertThat(get("a.example.net", "/part").text()).startsWith("one");
        assertThat(get("a.example.net", "/above").text()).startsWith("two");
        assertThat(get("a.example.net", "/").text()).isEqualTo("rest");
        assertThat(get("nobody.example.org", "/").text()).isEqualTo("rest");
    }

    /** Each answer of a real engine is the one that was thought out without it, for routes that want each other's requests. */
    @Test
    void answersEachRequestByTheRouteThatTheModelSays() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("routes that want each other's requests: seed " + seed);
        var random = new RandomNames(seed);
        for (int round = 0; round < 8; round++) {
            var settings = base().build().settings();
            var routes = random.accepted(settings, engine.features());
            run(base().addAllRoutes(routes).build());
            for (var host : RandomNames.HOSTS) {
                for (var path : RandomNames.PATHS) {
                    var answer = get(host, path);
                    assertThat(answer.status() == 200 ? Optional.of(answer.text()) : Optional.empty())
                            .as("%s%s by %s, seed %s", host, path, RandomNames.shown(routes), seed)
                            .isEqualTo(MatchingModel.answering(routes, host, path));
                }
            }
        }
    }

    @Test
    void redirectsRejectsAndResponds() throws IOException {
        run(
                action("r", new RedirectTo("https://b.example.net", 308, true)).addDomains("a.example.net"),
                action("s", new RedirectTo("https://c.example.net/x?$host=1", 302, false))
                        .addDomains("b.example.net"),
                action("x", new Reject(OptionalInt.of(410))).addDomains("c.example.net"),
                action("y", new Reject(OptionalInt.empty())).addDomains("d.example.net"));

        assertThat(get("a.example.net", "/p?q=1").status()).isEqualTo(308);
        assertThat(get("a.example.net", "/p?q=1").header("Location")).isEqualTo("https://b.example.net/p?q=1");
        assertThat(get("b.example.net", "/").header("Location")).isEqualTo("https://c.example.net/x?$host=1");
        assertThat(get("c.example.net", "/").status()).isEqualTo(410);
        assertThat(get("d.example.net", "/").status()).as("no answer at all").isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{env.HOME}",
                "{file./etc/hostname}",
                "$host ${host} $1",
                "\";} location / { return 200; } #",
                "\\n\\r\\\\ \\\" \\{x} \\",
                "' ` # ; { } %00 %0a",
                "ä \u202e \u200b",
            })
    void sendsTextsAsTheyAre(String text) throws IOException {
        var ascii = text.chars().allMatch(letter -> letter < 0x80) ? text : "plain";
        run(
                action("a", new Respond(203, "text/plain", Map.of("X-Text", ascii), "<" + text + ">\nnext"))
                        .addDomains("a.example.net"),
                route("b", one)
                        .addDomains("b.example.net")
                        .headersUp(HeaderOps.builder()
                                .putSet("X-Up", ascii)
                                .addDelete("X-Told")
                                .build())
                        .headersDown(HeaderOps.builder()
                                .putSet("X-From", ascii)
                                .addDelete("X-Gone")
                                .build()));

        var answer = get("a.example.net", "/");
        assertThat(answer.status()).isEqualTo(203);
        assertThat(answer.text()).isEqualTo("<" + text + ">\nnext");
        assertThat(answer.header("X-Text")).isEqualTo(ascii);
        var passed = get("b.example.net", "/", "X-Told", "client");
        assertThat(passed.text()).containsIgnoringCase("X-Up: " + ascii + "\n").doesNotContain("client");
        assertThat(passed.headers("X-From")).containsExactly(ascii);
        assertThat(passed.header("X-Gone")).isEmpty();
    }

    @Test
    void sendsLongTexts() throws IOException {
        var text = "ä$\"\\{x}\n".repeat(8000);
        run(action("a", new Respond(200, "text/plain", Map.of(), text)).addDomains("a.example.net"));

        assertThat(get("a.example.net", "/").text()).isEqualTo(text);
    }

    @Test
    void goesOnWhenAnUpstreamDies() throws IOException {
        run(action(
                        "a",
                        ProxyTo.builder(local(one), local(two))
                                .balancing(Balancing.builder()
                                        .policy(Balancing.Policy.ROUND_ROBIN)
                                        .retries(2)
                                        .tryDuration(Duration.ofSeconds(5))
                                        .build())
                                .passiveHealth(PassiveHealth.builder().build())
                                .build())
                .addDomains("a.example.net"));
        var seen = new HashSet<String>();
        for (int i = 0; i < 10; i++) {
            seen.add(get("a.example.net", "/").text().split(" ", -1)[0]);
        }
        assertThat(seen).containsExactlyInAnyOrder("one", "two");

        one.close();

        for (int i = 0; i < 10; i++) {
            assertThat(get("a.example.net", "/").text()).startsWith("two");
        }
    }

    @Test
    void saysThatNobodyIsThereByItsOwnPage() throws IOException {
        run(route("a", one)
                .addDomains("a.example.net")
                .addErrorPages(new ErrorPage(5, "text/html", "<b>$soon {x}</b>")));
        one.close();

        var answer = get("a.example.net", "/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).isEqualTo("<b>$soon {x}</b>");
        assertThat(answer.header("Content-Type")).isEqualTo("text/html");
    }

    @Test
    void changesPaths() throws IOException {
        run(
                route("a", one)
                        .addDomains("a.example.net")
                        .addPaths(PathMatch.prefix("/app"))
                        .rewrite(Rewrite.stripPrefix("/app")),
                route("b", one)
                        .addDomains("b.example.net")
                        .rewrite(new Rewrite(
                                Optional.empty(), Optional.of("/base"), Optional.empty(), Optional.empty())),
                route("c", one)
                        .addDomains("c.example.net")
                        .rewrite(new Rewrite(
                                Optional.empty(), Optional.empty(), Optional.of("/fixed?x=1"), Optional.of("PUT"))));

        assertThat(get("a.example.net", "/app/x/y?q=1").text()).startsWith("one GET /x/y?q=1\n");
        assertThat(get("a.example.net", "/app").text()).startsWith("one GET /\n");
        assertThat(get("b.example.net", "/x?q=1").text()).startsWith("one GET /base/x?q=1\n");
        assertThat(get("c.example.net", "/x?q=1").text()).startsWith("one PUT /fixed?x=1\n");
        assertThat(get("a.example.net", "/app/x%0ay").text())
                .as("a line break is no end of a path")
                .startsWith("one GET /x");
        assertThat(get("b.example.net", "/x%0ay").text()).startsWith("one GET /base/x");
    }

    @Test
    void servesFiles() throws IOException {
        var root = Files.createDirectories(folder.resolve("site"));
        Files.writeString(root.resolve("index.html"), "start");
        Files.writeString(root.resolve("a.css"), "style");
        Files.writeString(root.resolve(".secret"), "secret");
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("sub/index.html"), "sub");
        run(
                action("a", new ServeFiles(root.toString(), List.of(), false, List.of(".secret"), false))
                        .addDomains("a.example.net"),
                action("b", new ServeFiles(root.toString(), List.of(), false, List.of(".secret"), true))
                        .addDomains("b.example.net")
                        .addPaths(PathMatch.prefix("/docs"))
                        .rewrite(Rewrite.stripPrefix("/docs")));

        assertThat(get("a.example.net", "/").text()).isEqualTo("start");
        assertThat(get("a.example.net", "/a.css").header("Content-Type")).startsWith("text/css");
        assertThat(get("a.example.net", "/sub/").text()).isEqualTo("sub");
        assertThat(get("a.example.net", "/.secret").status()).isEqualTo(404);
        assertThat(get("a.example.net", "/../../etc/passwd").status()).isBetween(400, 404);
        assertThat(get("b.example.net", "/docs/.secret").status()).isEqualTo(404);
        assertThat(get("b.example.net", "/docs/a.css").text()).isEqualTo("style");
        assertThat(get("b.example.net", "/docs/nothing").text()).isEqualTo("start");
        assertThat(get("b.example.net", "/docs/").text()).isEqualTo("start");
    }

    @Test
    void letsStreamsThrough() throws IOException {
        try (var streams = new EchoStreams()) {
            run(action("a", ProxyTo.of(Upstream.http("127.0.0.1", streams.port())))
                    .addDomains("a.example.net"));
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), ports[1])) {
                socket.setSoTimeout(20_000);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                var lines = List.of(
                        "GET / HTTP/1.1",
                        "Host: a.example.net",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "",
                        "");
                socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).contains("101");
                for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                    assertThat(line).contains(":");
                }
                for (int i = 0; i < 3; i++) {
                    socket.getOutputStream().write(("hello " + i + "\n").getBytes(StandardCharsets.US_ASCII));
                    assertThat(in.readLine()).isEqualTo("echo hello " + i);
                }
            }
        }
    }

    @Test
    void encryptsAndSendsOthersThere() throws Exception {
        var document = base().addTlsPolicies(TlsPolicy.of("own", certificate()))
                .addRoutes(route("a", one)
                        .addDomains("a.example.net")
                        .exposure(Exposure.PUBLIC)
                        .tlsPolicy("own")
                        .build())
                .build();
        run(document);

        try (var client = new TrafficClient(ports[2])) {
            assertThat(client.secure("a.example.net", "/x").text())
                    .startsWith("one GET /x\n")
                    .contains("roto: https");
            assertThat(client.secure("b.example.net", "/").status())
                    .as("no certificate")
                    .isZero();
        }
        var plain = get("a.example.net", "/x?y=1");
        assertThat(plain.status()).isEqualTo(308);
        assertThat(plain.header("Location")).matches("https://a\\.example\\.net(:" + ports[2] + ")?/x\\?y=1");
    }

    ProxyDocument base(HttpRouteBuilder... routes) {
        var document = base();
        for (var route : routes) {
            document.addRoutes(route.build());
        }
        return document.build();
    }

    ProxyDocumentBuilder base() {
        return ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("127.0.0.1")
                        .httpPort(ports[1])
                        .httpsPort(ports[2])
                        .addAllowedUpstreams("127.0.0.1")
                        .build());
    }

    void run(HttpRouteBuilder... routes) {
        run(base(routes));
    }

    void run(ProxyDocument document) {
        var candidate = engine.candidate(document, ++revision);
        assertThat(engine.validate(candidate)).as("%s", candidate.files()).isEmpty();
        engine.apply(candidate, engine.running());
        var proof = engine.prove(candidate);
        assertThat(proof.proven()).as("%s", proof).isTrue();
        engine.keep(candidate);
    }

    static HttpRouteBuilder action(String id, Action action) {
        return HttpRoute.builder(id, action).exposure(Exposure.PLAIN_HTTP);
    }

    static HttpRouteBuilder route(String id, LocalUpstream upstream) {
        return action(id, ProxyTo.of(local(upstream)));
    }

    static Upstream local(LocalUpstream upstream) {
        return Upstream.http("127.0.0.1", upstream.port());
    }

    TrafficClient.Answer get(String host, String path, String... headers) throws IOException {
        try (var client = new TrafficClient(ports[1])) {
            return client.plain(host, path, headers);
        }
    }
}
