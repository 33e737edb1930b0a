package dev.rookery.proxy.internal.caddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.route.ProxyDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A document as JSON. */
class DocumentJsonTest {

    @Test
    void comesBackAsItWas() {
        for (int seed = 0; seed < 200; seed++) {
            var document = new RandomRoutes(seed, true).document();
            var written = ProxyJson.write(document);

            var read = ProxyJson.read(written, ProxyDocument.class);

            assertThat(read).as("seed %s", seed).isEqualTo(document);
            assertThat(ProxyJson.write(read)).as("seed %s", seed).isEqualTo(written);
        }
    }

    @Test
    void isTheSameWithoutATextBetween() {
        for (int seed = 0; seed < 200; seed++) {
            var document = new RandomRoutes(seed, true).document();

            assertThat(ProxyJson.tree(document))
                    .as("seed %s", seed)
                    .isEqualTo(ProxyJson.read(ProxyJson.write(document)));
        }
    }

    @Test
    void itsCanonicalTextHasAllMembersInOrder() {
        for (int seed = 0; seed < 200; seed++) {
            var tree = ProxyJson.tree(new RandomRoutes(seed, true).document());

            var read = ProxyJson.read(ProxyJson.canonical(tree));

            assertThat(read).as("seed %s", seed).isEqualTo(tree).matches(DocumentJsonTest::inOrder);
        }
    }

    private static boolean inOrder(Json value) {
        if (value instanceof Json.Array array) {
            return array.items().stream().allMatch(DocumentJsonTest::inOrder);
        }
        return !(value instanceof Json.Obj object)
                || (List.copyOf(object.members().keySet())
                                .equals(List.copyOf(
                                        new TreeSet<>(object.members().keySet())))
                        && object.members().values().stream().allMatch(DocumentJsonTest::inOrder));
    }

    @Test
    void needsNoMoreThanWhatIsMeant() {
        var read = ProxyJson.read("""
                {"schema": 1, "routes": [{"id": "a", "domains": ["a.example.net"], "enabled": true,
                  "action": {"type": "proxy", "upstreams": [{"host": "10.0.0.1", "port": 80}],
                             "balancing": {"tryDuration": "5s", "tryInterval": "250ms"}}}]}
                """.getBytes(StandardCharsets.UTF_8), ProxyDocument.class);

        assertThat(read.routes()).singleElement().satisfies(route -> {
            assertThat(route.id()).isEqualTo("a");
            assertThat(route.action().toString()).contains("tryDuration=PT5S", "tryInterval=PT0.25S", "RANDOM");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rutes\": []} | /rutes",
                "{\"routes\": [{\"id\": \"a\", \"action\": {\"type\": \"prox\"}}]} | /routes/0/action",
                "{\"routes\": [{\"id\": \"a\"}]} | no action",
                "{\"settings\": {\"gracePeriod\": \"soon\"}} | 30s, 5m",
                "{\"cloudflare\": [{\"id\": \"a\", \"accountId\": \"b\", \"token\": \"hunter2\"}]} | env:NAME",
                "{\"schema\": 1, \"schema\": 2} | not JSON",
                "{} {} | Trailing token",
                "{ | not JSON",
                "null | null"
            })
    void saysWhereItIsWrong(String json, String place) {
        assertThatThrownBy(() -> ProxyJson.read(json.getBytes(StandardCharsets.UTF_8), ProxyDocument.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(place)
                .hasMessageNotContaining("hunter2");
    }
}
