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

/**
 * What was recorded: the requests, and the answers of one dialect's own daemon.
 *
 * @param source which daemon, in which version
 * @param recorded on which day
 * @param answers by the request's id
 */
record WireFacts(
        @JsonProperty("source") String source,
        @JsonProperty("recorded") String recorded,
        @JsonProperty("answers") Map<String, Json> answers) {

    static List<WireRequest> requests() {
        return Arrays.asList(WireJson.read(resource("requests.json"), WireRequest[].class));
    }

    static List<WireConsole.Scene> scenes() {
        return Arrays.asList(WireJson.read(resource("console.json"), WireConsole.Scene[].class));
    }

    static WireFacts of(Dialect dialect) {
        return WireJson.read(resource(dialect.wireName() + ".json"), WireFacts.class);
    }

    /** Returns what is expected: the recorded answer, or ours where that is another. */
    Optional<Json> expected(WireNode node, String id) {
        var answer = Optional.ofNullable(answers.get(id));
        var ours = deviation(node, id);
        return ours.isPresent() ? answer.map(ours.get()::instead) : answer;
    }

    /** Returns where and why a node answers an exchange otherwise than recorded. */
    static Optional<WireDeviation> deviation(WireNode node, String id) {
        return node.ours()
                ? WireDeviation.all().stream()
                        .filter(deviation -> deviation.concerns(id, node.dialect()))
                        .findFirst()
                : Optional.empty();
    }

    static byte[] resource(String name) {
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
