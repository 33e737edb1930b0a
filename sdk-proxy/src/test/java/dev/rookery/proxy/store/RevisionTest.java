package dev.rookery.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.RawOverride;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A revision, and what it differs in from another. */
class RevisionTest {

    @Test
    void comesBackFromItsText() {
        var revision = revision(StoredRoutes.route("one"));

        assertThat(Revision.fromBytes(revision.toBytes())).isEqualTo(revision);
    }

    @Test
    void itsTagChangesWithEverything() {
        var first = Revision.NONE.next(ProxyDocument.EMPTY, StoredRoutes.note("a"));

        assertThat(first.etag())
                .isEqualTo(Revision.NONE
                        .next(ProxyDocument.EMPTY, StoredRoutes.note("a"))
                        .etag());
        assertThat(first.etag())
                .isNotEqualTo(Revision.NONE
                        .next(ProxyDocument.EMPTY, StoredRoutes.note("b"))
                        .etag());
        assertThat(first.etag())
                .isNotEqualTo(
                        first.next(ProxyDocument.EMPTY, StoredRoutes.note("a")).etag());
    }

    @Test
    void differencesAreNamedByIds() {
        var one = StoredRoutes.route("one");
        var two = StoredRoutes.route("two");
        var three = StoredRoutes.route("three");
        var renamed = HttpRoute.builder("two", two.action())
                .addDomains("deux.example.net", "zwei.example.net")
                .build();

        var differences = revision(three, renamed).since(revision(one, two, three));

        assertThat(differences)
                .extracting(Difference::place)
                .containsExactly("/routes/one", "/routes/two/domains/0", "/routes/two/domains/1");
        assertThat(differences.get(0).after()).isEmpty();
        assertThat(differences.get(1))
                .isEqualTo(new Difference("/routes/two/domains/0", text("two.example.net"), text("deux.example.net")));
        assertThat(differences.get(2))
                .isEqualTo(new Difference("/routes/two/domains/1", Optional.empty(), text("zwei.example.net")));
    }

    @Test
    void whatIsTheSameHasNoDifferences() {
        assertThat(revision(StoredRoutes.route("one")).since(revision(StoredRoutes.route("one"))))
                .isEmpty();
    }

    @Test
    void differencesShowNoSecrets() {
        var auth = new BasicAuth("staff", List.of(new BasicAuth.Account("ops", "$2a$14$canary")));
        var headers = HeaderOps.builder()
                .putSet("X-Auth-Token", "canary")
                .putSet("X-Plain", "shown")
                .build();
        var route = HttpRoute.builder("one", StoredRoutes.route("one").action())
                .addAuth(auth)
                .headersUp(headers)
                .build();
        var settings = ProxySettings.builder()
                .putSecurity("config", new Json.Text("canary"))
                .build();
        var before = revision(StoredRoutes.route("one"));
        var after = Revision.NONE.next(
                ProxyDocument.builder().settings(settings).addRoutes(route).build(), StoredRoutes.note("a"));
        var other = new BasicAuth("staff", List.of(new BasicAuth.Account("ops", "$2a$14$another-canary")));
        var changed = Revision.NONE.next(
                ProxyDocument.builder()
                        .from(after.document())
                        .routes(List.of(HttpRoute.builder("one", route.action())
                                .from(route)
                                .auth(List.of(other))
                                .build()))
                        .build(),
                StoredRoutes.note("b"));

        assertThat(after.since(before).toString()).contains("[hidden]", "shown").doesNotContain("canary");
        assertThat(after.since(Revision.NONE).toString())
                .contains("[hidden]", "shown")
                .doesNotContain("canary");
        assertThat(changed.since(after))
                .singleElement()
                .isEqualTo(new Difference(
                        "/routes/one/auth/0/accounts/0/hash",
                        Optional.of(Difference.HIDDEN),
                        Optional.of(Difference.HIDDEN)));
    }

    @Test
    void differencesShowNoSecretsOfRawPieces() {
        var before = raw("canary-one");
        var after = raw("canary-two");

        assertThat(after.since(before).toString())
                .contains("[hidden]", "/Authorization/0")
                .doesNotContain("canary");
        assertThat(before.since(Revision.NONE).toString()).contains("[hidden]").doesNotContain("canary");
    }

    private static Revision raw(String secret) {
        var values = new Json.Array(List.of(new Json.Text(secret)));
        var patch = new Json.Obj(Map.of("Authorization", values, "client_secret", new Json.Text(secret)));
        var piece = new RawOverride(EngineKind.CADDY, RawOverride.Point.DOCUMENT, Optional.empty(), patch, "why");
        return Revision.NONE.next(ProxyDocument.builder().addRaw(piece).build(), StoredRoutes.note("a"));
    }

    private static Revision revision(HttpRoute... routes) {
        return Revision.NONE.next(ProxyDocument.builder().addRoutes(routes).build(), StoredRoutes.note("a"));
    }

    private static Optional<Json> text(String text) {
        return Optional.of(new Json.Text(text));
    }
}
