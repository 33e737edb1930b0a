package dev.rookery.testing.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded: the requests, the answers of one dialect's own daemon, and what a node of ours answers better.
 *
 * @param source which daemon, in which version
 * @param recorded on which day
 * @param answers by the request's id
 */
record WireFacts(
        @JsonProperty("source") String source,
        @JsonProperty("recorded") String recorded,
        @JsonProperty("answers") Map<String, Json> answers) {

    /** What we answer instead, and why. */
    private record Better(
            @JsonProperty("why") String why,
            @JsonProperty("answer") @Nullable Json answer,
            @JsonProperty("dialects") @Nullable List<String> dialects) {}

    private record Improvements(@JsonProperty("answers") Map<String, Better> answers) {}

    static List<WireRequest> requests() {
        return Arrays.asList(WireJson.read(resource("requests.json"), WireRequest[].class));
    }

    static List<WireConsole.Scene> scenes() {
        return Arrays.asList(WireJson.read(resource("console.json"), WireConsole.Scene[].class));
    }

    static WireFacts of(Dialect dialect) {
        return WireJson.read(resource(dialect.wireName() + ".json"), WireFacts.class);
    }

    /** Returns what is expected: the recorded answer, or ours where that is better. */
    Optional<Json> expected(WireNode node, String id) {
        if (node.ours()) {
            var improvements =
                    WireJson.read(resource("ours.json"), Improvements.class).answers();
            // Where the dialects' answers have different headers, each has an entry of its own.
            var better = improvements.getOrDefault(id + "@" + node.dialect().wireName(), improvements.get(id));
            if (better != null
                    && better.answer() != null
                    && (better.dialects() == null
                            || better.dialects().isEmpty()
                            || better.dialects().contains(node.dialect().wireName()))) {
                return Optional.of(better.answer());
            }
        }
        return Optional.ofNullable(answers.get(id));
    }

    private static byte[] resource(String name) {
        try (var stream = WireFacts.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("nothing was recorded under " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
