package dev.rookery.api.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.snapshot.Variations.Variation;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every payload has to bear, whoever wrote it. */
class PayloadSnapshotTest {

    static Stream<Payload<?>> payloads() {
        return NodePayloads.all();
    }

    static Stream<Payload<?>> writtenPayloads() {
        return payloads().filter(Payload::written);
    }

    @ParameterizedTest
    @MethodSource("writtenPayloads")
    void isWrittenAsTheSnapshotSays(Payload<?> payload) {
        Snapshots.assertWritten(payload.dialect(), payload.name(), WireJson.write(payload.value()));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void readsTheSnapshot(Payload<?> payload) {
        assertThat(read(payload, tree(payload))).isEqualTo(payload.value());
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aMemberThatIsAbsentIsFilledInOrNamed(Payload<?> payload) {
        for (var variation : Variations.absent(tree(payload))) {
            assertBearable(payload, variation);
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aMemberThatIsNullCountsAsAbsent(Payload<?> payload) {
        var absent = Variations.absent(tree(payload)).iterator();
        for (var variation : Variations.nulls(tree(payload))) {
            var without = absent.next();
            if (assertBearable(payload, variation)) {
                assertThat(read(payload, variation.document()))
                        .as("%s: null", variation)
                        .isEqualTo(read(payload, without.document()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void membersOfTheFutureAreIgnored(Payload<?> payload) {
        assertThat(read(payload, Variations.unknown(tree(payload)))).isEqualTo(payload.value());
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void numbersAndTruthValuesMayBeWrittenAsOtherLanguagesDo(Payload<?> payload) {
        assertThat(read(payload, Variations.numbersAsTexts(tree(payload)))).isEqualTo(payload.value());
        assertThat(read(payload, Variations.truthsAsNumbers(tree(payload)))).isEqualTo(payload.value());
        for (var document : Variations.truthsAsTexts(tree(payload))) {
            assertThat(read(payload, document)).isEqualTo(payload.value());
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void anObjectWithoutMembersMayBeAnEmptyList(Payload<?> payload) {
        for (var variation : Variations.emptyLists(tree(payload))) {
            assertBearable(payload, variation);
        }
    }

    /** Returns whether the document is read rather than refused. */
    private static boolean assertBearable(Payload<?> payload, Variation variation) {
        if (payload.required().contains(variation.place())) {
            assertThatThrownBy(() -> read(payload, variation.document()))
                    .as("%s: required", variation)
                    .isInstanceOf(InvalidInputException.class);
            return false;
        }
        assertThat(read(payload, variation.document())).as("%s", variation).isInstanceOf(payload.type());
        return true;
    }

    private static Object read(Payload<?> payload, JsonNode document) {
        return WireJson.read(Snapshots.compact(document), payload.type());
    }

    private static JsonNode tree(Payload<?> payload) {
        return Snapshots.tree(payload.dialect(), payload.name());
    }
}
