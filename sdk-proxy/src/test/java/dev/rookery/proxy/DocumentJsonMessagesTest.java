package dev.rookery.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told who write documents. */
class DocumentJsonMessagesTest {

    private static final HttpRoute ROUTE = HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
            .addDomains("lobby.example.net")
            .build();

    @Test
    void routesAndDocumentsComeBackAsTheyWere() {
        var l4 = L4Route.builder("game")
                .addListen(L4Listen.udp(25_565))
                .addUpstreams(L4Upstream.of("10.20.0.5", 25_565))
                .build();
        var document = ProxyDocument.builder().addRoutes(ROUTE).addL4Routes(l4).build();

        assertThat(DocumentJson.readRoute(DocumentJson.write(ROUTE))).isEqualTo(ROUTE);
        assertThat(DocumentJson.readL4Route(DocumentJson.write(l4))).isEqualTo(l4);
        assertThat(DocumentJson.read(DocumentJson.write(document))).isEqualTo(document);
    }

    @Test
    void aRouteIsInUseUnlessItSaysOtherwise() {
        var text = new String(DocumentJson.write(ROUTE), StandardCharsets.UTF_8);
        var without = text.replaceAll("\"enabled\"\\s*:\\s*true\\s*,", "");

        assertThat(without).isNotEqualTo(text);
        assertThat(DocumentJson.readRoute(without.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ROUTE);
        var off = text.replaceAll("\"enabled\"\\s*:\\s*true", "\"enabled\": false");
        assertThat(DocumentJson.readRoute(off.getBytes(StandardCharsets.UTF_8)).enabled())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'schema': 2 | at '/schema': 2, which a newer version wrote (expected: 1 or older)",
                "'schema': 'one' | at '/schema': not a version (expected: a whole number up to 1)",
                "'schema': 0 | at '/schema': not a version (expected: a whole number up to 1)",
                "'rutes': [] | at '/schema': nothing, and no list 'routes' either (expected: schema 1, or a routes.json)",
                "'schema': 1, 'raw': {} | at '/raw': an object (expected: a list)",
                "'schema': 1, 'settings': {'httpPort': 'http'} | at '/settings/httpPort': 'http' (expected: a whole number)",
                "'schema': 1, 'settings': {'http3': 'yes'} | at '/settings/http3': 'yes' (expected: true or false)",
                "'schema': 1, 'settings': [] | at '/settings': a list (expected: an object)",
                "'schema': 1, 'settings': {'acmeEmail': {}} | at '/settings/acmeEmail': an object (expected: a text)",
                "'schema': 1, 'settings': {'htpPort': 1} | at '/settings/htpPort': 'htpPort' is not known here (expected: ",
                "'schema': 1, 'routes': [{'id': 'a', 'exposure': 'everywhere'}] | at '/routes/0/exposure': 'everywhere' "
                        + "(expected: public, plain-http, tunnel, tunnel-tcp, direct-dns, lan)",
                "'schema': 1, 'routes': [{'id': 'a', 'action': {'type': 'prox'}}] | at '/routes/0/action': type 'prox' "
                        + "(expected: proxy, redirect, respond, files, reject)",
                "'schema': 1, 'routes': [{'id': 'a', 'action': {}}] | at '/routes/0/action': no type "
                        + "(expected: proxy, redirect, respond, files, reject)"
            })
    void saysThePlaceTheValueAndWhatIsExpected(String members, String message) {
        var json = ("{" + members + "}").replace('\'', '"');

        assertThatThrownBy(() -> DocumentJson.read(json.getBytes(UTF_8)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void neverShowsWhatMovesACursor() {
        var json = "{'schema': 1, 'settings': {'httpPort': 'a~u001b[2J~u202e'}}"
                .replace('\'', '"')
                .replace('~', '\\');

        assertThatThrownBy(() -> DocumentJson.read(json.getBytes(UTF_8)))
                .hasMessage("at '/settings/httpPort': 'a\\u001b[2J\\u202e' (expected: a whole number)");
    }
}
