package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.IpAccess;
import dev.rookery.proxy.route.Maintenance;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.proxy.route.WebSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of some that may come and of some that may not: each engine lets the same through. */
abstract class AccessTraffic extends ProxyTraffic {

    /** Of the password {@code abc123xyz}. */
    static final String HASH = "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

    @Test
    void asksForAPasswordBeforeAnythingElse() throws IOException {
        var basic = new BasicAuth("off", List.of(new BasicAuth.Account("ops", HASH)));
        run(
                route("a", one).addDomains("a.example.net").addAuth(basic),
                action("b", new Respond(200, "text/plain", Map.of("X-Inner", "1"), "inner"))
                        .addDomains("b.example.net")
                        .addAuth(basic),
                action("c", new RedirectTo("https://x.example.net", 302, true))
                        .addDomains("c.example.net")
                        .addAuth(basic));
        var right = "Basic " + Base64.getEncoder().encodeToString("ops:abc123xyz".getBytes(StandardCharsets.UTF_8));
        var wrong = "Basic " + Base64.getEncoder().encodeToString("ops:x".getBytes(StandardCharsets.UTF_8));

        for (var host : List.of("a.example.net", "b.example.net", "c.example.net")) {
            assertThat(get(host, "/").status()).as(host).isEqualTo(401);
            assertThat(get(host, "/", "Authorization", wrong).status()).as(host).isEqualTo(401);
        }
        assertThat(get("a.example.net", "/", "Authorization", right).text()).startsWith("one");
        assertThat(get("b.example.net", "/", "Authorization", right).text()).isEqualTo("inner");
        assertThat(get("c.example.net", "/", "Authorization", right).status()).isEqualTo(302);
    }

    @Test
    void asksAServiceWhoComes() throws IOException {
        run(route("a", one)
                .addDomains("a.example.net")
                .addAuth(new ForwardAuth(local(two), "/verify", List.of("Remote-User"))));

        assertThat(get("a.example.net", "/", "X-Pass", "no").status()).isEqualTo(401);
        assertThat(get("a.example.net", "/", "X-Pass", "yes", "Remote-User", "root")
                        .text())
                .startsWith("one")
                .containsIgnoringCase("Remote-user: somebody\n")
                .doesNotContain("root");
        assertThat(get("a.example.net", "/", "Remote-User", "root").text())
                .startsWith("one")
                .doesNotContain("root", "http.reverse_proxy");
    }

    @Test
    void keepsSomeOut() throws IOException {
        run(
                route("a", one).addDomains("a.example.net").ipAccess(IpAccess.only("10.0.0.0/8")),
                route("b", one).addDomains("b.example.net").ipAccess(IpAccess.only("127.0.0.0/8", "::1")),
                route("c", one)
                        .addDomains("c.example.net")
                        .maintenance(new Maintenance(
                                Optional.of(Duration.ofMinutes(2)), "text/html", "soon $x", List.of("10.0.0.0/8"))),
                route("d", one)
                        .addDomains("d.example.net")
                        .maintenance(new Maintenance(Optional.empty(), "text/html", "soon", List.of("127.0.0.1"))));

        assertThat(get("a.example.net", "/").status()).isEqualTo(403);
        assertThat(get("b.example.net", "/").text()).startsWith("one");
        assertThat(get("c.example.net", "/").status()).isEqualTo(503);
        assertThat(get("c.example.net", "/").text()).isEqualTo("soon $x");
        assertThat(get("c.example.net", "/").header("Retry-After")).isEqualTo("120");
        assertThat(get("d.example.net", "/").text()).startsWith("one");
    }

    /** The host of a request is that of its first line, if one is there: whoever is asked who comes is asked about that one. */
    @Test
    void takesTheHostOfTheFirstLineForTheWholeRequest() throws IOException {
        run(
                route("open", one).addDomains("open.example.net"),
                route("kept", one)
                        .addDomains("kept.example.net")
                        .addAuth(new ForwardAuth(local(two), "/verify", List.of("X-Asked"))));

        assertThat(get("open.example.net", "http://kept.example.net/x").text())
                .startsWith("one GET /x\n")
                .containsIgnoringCase("\nHost: kept.example.net\n")
                .containsIgnoringCase("\nX-Forwarded-Host: kept.example.net\n")
                .containsIgnoringCase("\nX-Asked: http://kept.example.net for 127.0.0.1\n")
                .doesNotContain("open.example.net");
    }

    @Test
    void asksAboutTheClientOfATunnelAndNotAboutItsConnector() throws IOException {
        var settings = ProxySettings.builder()
                .from(base().build().settings())
                .tunnelPort(ports[5])
                .addTrustedProxies("127.0.0.1/32")
                .build();
        run(base().settings(settings)
                .addCloudflare(CloudflareBinding.builder("main", "a".repeat(32), SecretRef.parse("env:CF"))
                        .build())
                .addRoutes(HttpRoute.builder("a", ProxyTo.of(local(one)))
                        .exposure(Exposure.TUNNEL)
                        .addDomains("a.example.net")
                        .addAuth(new ForwardAuth(local(two), "/verify", List.of("X-Asked")))
                        .build())
                .build());

        try (var client = new TrafficClient(ports[5])) {
            var passed = client.plain(
                    "a.example.net",
                    "/",
                    "X-Forwarded-Proto",
                    "https",
                    "X-Forwarded-For",
                    "192.0.2.7",
                    "CF-Connecting-IP",
                    "192.0.2.7");
            assertThat(passed.text())
                    .containsIgnoringCase("\nX-Asked: https://a.example.net for 192.0.2.7")
                    .containsIgnoringCase("\nX-Forwarded-For: 192.0.2.7")
                    .containsIgnoringCase("\nX-Forwarded-Proto: https\n");
        }
    }

    @Test
    void keepsTheHostAsTheClientWroteIt() throws IOException {
        run(route("a", one).addDomains("a.example.net"));

        assertThat(get("A.Example.net:" + ports[1], "/").text())
                .containsIgnoringCase("\nHost: A.Example.net:" + ports[1] + "\n")
                .containsIgnoringCase("\nX-Forwarded-Host: A.Example.net:" + ports[1] + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket", "WEBSOCKET"})
    void letsNoStreamsThroughWhereTheyAreDenied(String word) throws IOException {
        run(route("a", one)
                .addDomains("a.example.net")
                .webSockets(new WebSockets(true, Optional.empty(), Duration.ZERO)));

        assertThat(get("a.example.net", "/", "Upgrade", word).status()).isEqualTo(403);
        assertThat(get("a.example.net", "/").text()).startsWith("one");
    }

    /** An upstream that speaks it would let a client ask for anything, past all rules. */
    @Test
    void letsNoOtherProtocolThrough() throws IOException {
        run(route("a", one).addDomains("a.example.net"));

        for (var other : List.of("h2c", "websocket, h2c", "TLS/1.2")) {
            assertThat(get("a.example.net", "/", "Connection", "Upgrade", "Upgrade", other)
                            .text())
                    .startsWith("one")
                    .doesNotContainIgnoringCase("upgrade: " + other);
        }
    }

    /** An upstream would be asked for the first of them, and whoever watches over it may look at another. */
    @ParameterizedTest
    @CsvSource({"h2c, websocket", "websocket, h2c"})
    void letsNoOtherProtocolThroughBesideWebSockets(String first, String second) throws IOException {
        run(route("a", one).addDomains("a.example.net"));

        assertThat(get("a.example.net", "/", "Connection", "Upgrade", "Upgrade", first, "Upgrade", second)
                        .text())
                .startsWith("one")
                .doesNotContain("h2c");
    }

    @Test
    void letsNobodySayWhereHeIs() throws IOException {
        run(route("a", one).addDomains("a.example.net"));

        assertThat(get("a.example.net", "/", "X-Real-IP", "192.0.2.9", "X-Forwarded-For", "192.0.2.9")
                        .text())
                .startsWith("one")
                .doesNotContain("192.0.2.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X_Real_IP", "x-real_ip", "X_Forwarded_For", "X-Forwarded_Proto", "X_Forwarded-Host"})
    void letsNobodySayInAnotherSpellingWhereHeIs(String header) throws IOException {
        run(route("a", one).addDomains("a.example.net"));

        assertThat(get("a.example.net", "/", header, "forged.example").text())
                .startsWith("one")
                .doesNotContain("forged.example");
    }

    /** Names of nginx's own do not tell upper from lower case. */
    @Test
    void tellsRoutesApartWhoseIdsAreNearlyTheSame() throws IOException {
        run(
                route("Shop", one).addDomains("a.example.net").ipAccess(IpAccess.only("10.0.0.0/8")),
                route("shop", one).addDomains("b.example.net").ipAccess(IpAccess.only("127.0.0.0/8", "::1")));

        assertThat(get("a.example.net", "/").status()).isEqualTo(403);
        assertThat(get("b.example.net", "/").text()).startsWith("one");
    }

    @Test
    void saysEachHeaderOnceWhoeverSetsIt() throws IOException {
        run(route("a", one)
                .addDomains("a.example.net")
                .addAuth(new ForwardAuth(local(two), "/verify", List.of("Remote-User")))
                .headersUp(HeaderOps.builder()
                        .putSet("X-Forwarded-Host", "public.example.net")
                        .putSet("remote-user", "guest")
                        .addDelete("X-Forwarded-For")
                        .build()));

        var passed = get("a.example.net", "/", "X-Pass", "yes").text().lines().toList();

        assertThat(passed)
                .filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("x-forwarded-host:"))
                .singleElement()
                .asString()
                .endsWith("public.example.net");
        assertThat(passed)
                .filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("remote-user:"))
                .singleElement()
                .asString()
                .endsWith("guest");
        assertThat(passed).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("x-forwarded-for:"));
    }

    /** Many programs take a hyphen and an underscore in the name of a header for the same. */
    @Test
    void letsNobodySayInAnotherSpellingWhoHeIs() throws IOException {
        run(route("a", one)
                .addDomains("a.example.net")
                .addAuth(new ForwardAuth(local(two), "/verify", List.of("X-Remote-User"))));

        assertThat(get("a.example.net", "/", "X_Remote-User", "root", "x_remote_user", "root", "X-Remote_User", "root")
                        .text())
                .startsWith("one")
                .doesNotContain("root");
    }
}
