package dev.rookery.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any edit by chance: the document says what it should, and nothing else of it has changed. */
class RandomEditsTest {

    private static final List<String> DOCUMENTS = List.of(
            "",
            "# keep 1\n",
            "---\n# keep 1\n",
            """
            # keep 1
            debug: true # keep 2

            # keep 3
            our_note: {keep: me, too: [1, 2]}
            api:
                # keep 4
                port: 8080   # keep 5
                ssl:
                    cert: "/etc/cert" # keep 6
                our.dotted: 7
            system:
              # keep 7
              sftp: {bind_port: 2022, ours: x} # keep 8
              data: /srv/data
            docker:
              network:
                dns:
                - 1.1.1.1
                - 9.9.9.9
                name: n # keep 9
              registries:
                a.example:
                  username: u
                  password: p
            # keep 10
            """,
            """
            api:
            allowed_mounts:
              - /a
              - /b

            system:
              user: {}
              username: >-
                folded
                text

            ours: |
              # keep 1

            app_name: |+
              literal

            # keep 2""",
            "{debug: true, api: {port: 1, ssl: {}}, ours: [a, b], # keep 1\n remote_query: {timeout: 5},}\n",
            """
            ours: &o {max-file: "3"} # keep 1
            docker:
              log_config:
                config: *o
                type: 'local'
              overhead: {multipliers: {2048: 1.15}}
            app_name: &n ours # keep 2
            token_id: *n
            "token" : "t" # keep 3
            """);

    static Stream<Integer> seeds() {
        return Stream.iterate(0, i -> i + 1).limit(120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void changesOneValueAndNothingElse(int seed) {
        var random = new Random(seed);
        var values = new RandomValues(random);
        var keys = ConfigurationKeys.all();
        var text = DOCUMENTS.get(seed % DOCUMENTS.size());
        var document = NodeConfigurationDocument.parse(random.nextInt(4) == 0 ? text.replace("\n", "\r\n") : text);
        var model = values(document);
        for (int step = 0; step < 30; step++) {
            var key = keys.get(random.nextInt(keys.size()));
            boolean remove = random.nextInt(5) == 0;
            var value = remove ? Json.Null.INSTANCE : values.of(key);
            var before = document;
            try {
                document = document.set(key.name(), value);
            } catch (ConfigurationException e) {
                // Only an anchor that others need cannot be replaced.
                assertThat(before.text()).as(e.getMessage()).contains("&");
                continue;
            }
            if (remove) {
                model.remove(key.name());
            } else {
                model.put(key.name(), value);
            }
            assertThat(values(NodeConfigurationDocument.parse(document.text())))
                    .as("seed %s, step %s, %s = %s in\n%s", seed, step, key.name(), value, before.text())
                    .isEqualTo(model);
            assertUntouched(before, document, key.name());
        }
    }

    private static Map<String, Json> values(NodeConfigurationDocument document) {
        var values = new HashMap<String, Json>();
        ConfigurationKeys.all().forEach(key -> document.find(key.name()).ifPresent(v -> values.put(key.name(), v)));
        return values;
    }

    /** Every line but those of the value itself is still there, in its order; one that holds other keys too may be another. */
    private static void assertUntouched(
            NodeConfigurationDocument before, NodeConfigurationDocument after, String changed) {
        assertThat(after.unknownKeys().stream().map(NodeConfigurationDocument.PlacedKey::name))
                .containsExactlyElementsOf(before.unknownKeys().stream()
                        .map(NodeConfigurationDocument.PlacedKey::name)
                        .toList());
        var lines = new ArrayList<>(Arrays.asList(before.text().split("\n", -1)));
        own(before, changed, lines);
        var left = new ArrayDeque<>(lines);
        Arrays.asList(after.text().split("\n", -1)).forEach(line -> {
            if (line.equals(left.peek())) {
                left.remove();
            }
        });
        if (!left.isEmpty()) {
            var other = left.remove();
            assertThat(other)
                    .as(
                            "the one line that may change holds braces, an empty group, or the end of the text\n%s",
                            after.text())
                    .matches(line -> line.contains("{")
                            || line.contains("}")
                            || line.stripTrailing().endsWith(":")
                            || line.isEmpty());
        }
    }

    private static void own(NodeConfigurationDocument before, String changed, List<String> lines) {
        var keys = before.keys();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).name().equals(changed)) {
                int from = keys.get(i).line() - 1;
                int to =
                        i + 1 < keys.size() ? Math.max(from + 1, keys.get(i + 1).line() - 1) : lines.size();
                while (to > from + 1
                        && (lines.get(to - 1).isBlank()
                                || lines.get(to - 1).strip().startsWith("# keep"))) {
                    to--;
                }
                lines.subList(from, to).clear();
                return;
            }
        }
    }
}
