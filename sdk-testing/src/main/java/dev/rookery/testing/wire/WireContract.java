package dev.rookery.testing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.testing.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Statuses, headers and bodies, byte by byte as a panel or a browser meets them: one conversation with a node about one server, each
 * answer compared with what was recorded from the dialect's own daemon. A node of ours may answer otherwise where a daemon was seen to be
 * wrong or the difference is wanted; each of these places is named with its answer and its reason, and fails if it is gone. What such a
 * node says it does not offer is passed over.
 *
 * <p>With the environment variable {@code ROOKERY_WIRE_RECORD} naming a file, the answers are written there instead of compared.
 */
public abstract class WireContract {

    private final Map<String, Json> recorded = new LinkedHashMap<>();
    private boolean recording;
    private String recordingFile = "";

    /** Creates the contract. */
    protected WireContract() {}

    /** Returns the node, the same one for the whole test. */
    protected abstract WireNode subject();

    /** Returns which daemon in which version it is, for recordings. */
    protected String source() {
        return subject().dialect().wireName();
    }

    /** Has the conversation, one test per request. */
    @TestFactory
    Stream<DynamicTest> answersAsRecorded() throws IOException, InterruptedException {
        var file = System.getenv("ROOKERY_WIRE_RECORD");
        recording = file != null && !file.isBlank();
        recordingFile = recording ? file : "";
        var conversation = new WireConversation(subject());
        conversation.install();
        var facts = recording
                ? new WireFacts("", "", Map.of())
                : WireFacts.of(subject().dialect());
        var console = new WireConsole(subject(), conversation.server(), conversation::await);
        var scenes = WireFacts.scenes().stream()
                .map(scene -> dynamicTest(scene.id(), () -> {
                    var expected = recording ? Optional.<Json>empty() : facts.expected(subject(), scene.id());
                    compare(scene.id(), scene.section(), console.play(scene, expected), facts);
                }));
        var requests = WireFacts.requests().stream()
                .map(request -> dynamicTest(request.name(), () -> step(conversation, facts, request)));
        return Stream.concat(scenes, requests);
    }

    /** Writes what was recorded. */
    @AfterEach
    void write() throws IOException {
        if (recording) {
            var document =
                    new WireFacts(source(), LocalDate.now(Clock.systemUTC()).toString(), recorded);
            Files.write(Path.of(recordingFile), WireJson.write(document));
        }
    }

    private void step(WireConversation conversation, WireFacts facts, WireRequest request)
            throws IOException, InterruptedException {
        if (request.await() != null) {
            conversation.assumeOffered(request.await());
            conversation.await(request.await());
            return;
        }
        var place = request.section() + ": " + request.method() + " " + request.path();
        var answer = conversation.send(request);
        conversation.assumeOffered(request.name());
        compare(request.name(), place, answer, facts);
    }

    private void compare(String name, String place, Json answer, WireFacts facts) {
        if (recording) {
            recorded.put(name, answer);
            return;
        }
        var expected = facts.expected(subject(), name);
        Offered.assume(
                subject().ours() || expected.isPresent(), "nothing was recorded of this daemon when it was there");
        var why = WireFacts.deviation(subject(), name)
                .map(deviation -> ", where ours is another: " + deviation.why())
                .orElse("");
        assertThat(WireJson.writeText(answer))
                .as("node API §%s%s", place, why)
                .isEqualTo(expected.map(WireJson::writeText).orElse("nothing was recorded"));
    }
}
