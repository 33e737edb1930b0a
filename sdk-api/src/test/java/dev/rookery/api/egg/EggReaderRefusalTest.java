package dev.rookery.api.egg;

import static dev.rookery.api.egg.EggFiles.minimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.egg.EggException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EggReaderRefusalTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "{",
                "{} {}",
                "{\"a\": \"\\'\"}",
                "{\"a\": 1,, \"b\": 2}",
                "{\"a\": \"x\ny\"}",
                "a: b\n c: d\n",
                "a: b\n---\na: b\n",
                "? [a]\n: b\n",
                "a: *nothing\n",
                "a: &a [*a]\n",
                "a: \"\\q\"\n"
            })
    void whatIsNeitherJsonNorYaml(String file) {
        var refusal = refusal(file);
        assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal.retryable()).isFalse();
        assertThat(refusal.place()).isPresent();
        assertThat(refusal).hasMessageContaining("egg: not ").hasMessageContaining("(expected: an egg as JSON or YAML");
    }

    @Test
    void namesLineAndColumnOfBrokenJson() {
        assertThat(refusal("{\n  \"a\": oops}"))
                .hasMessageContaining("line 2, column")
                .hasMessageContaining(", in a: ");
        assertThat(refusal("{}\n[]")).hasMessageContaining("line 2, column 1");
        assertThat(refusal("{\"\u00e9\": [1,,2]}").place()).contains(new EggPlace(1, 10));
    }

    @Test
    void invalidUtf8() {
        var refusal = catchThrowableOfType(
                EggException.class, () -> EggReader.read(new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"'}));
        assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void otherFormatsAndOtherJson() {
        var old = refusal("{\"meta\":{\"version\":\"PTDL_v0\"},\"name\":\"x\"}");
        assertThat(old.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(old.path()).isEqualTo("meta.version");
        assertThat(old)
                .hasMessage(
                        "egg format: 'PTDL_v0' at 1:20 (expected: one of PTDL_v1, PTDL_v2, PLCN_v1, PLCN_v2, PLCN_v3)");
        assertThat(refusal("{\"dependencies\":{}}").reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(refusal("{\"meta\":null}").reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(refusal("[1]").reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(refusal("<html></html>").reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(refusal("{\"meta\":{\"version\":\"ptdl_v2\"}}")).hasMessageContaining("'ptdl_v2'");
    }

    @Test
    void missingMembers() {
        var name = refusal("{\"meta\":{\"version\":\"PTDL_v2\"},\"name\":\" \"}");
        assertThat(name.reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(name.path()).isEqualTo("name");
        var variable = refusal(minimal("\"variables\":[{\"env_variable\":\"A\"},{\"name\":\"b\"}]"));
        assertThat(variable.reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(variable)
                .hasMessage("variables[1].env_variable: missing in what begins at 1:82 (expected: a text, not blank)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"author\":{\"a\":1}",
                "\"docker_images\":{\"a\":[1]}",
                "\"docker_images\":7",
                "\"variables\":\"x\"",
                "\"variables\":[7]",
                "\"variables\":[{\"env_variable\":\"A\",\"user_viewable\":\"maybe\"}]",
                "\"config\":7",
                "\"config\":{\"files\":\"7\"}",
                "\"config\":{\"files\":{\"a\":{\"find\":7}}}",
                "\"config\":{\"stop\":{}}",
                "\"scripts\":{\"installation\":[7]}"
            })
    void shapesThatSayNothing(String members) {
        var refusal = refusal(minimal(members));
        assertThat(refusal.reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(refusal.path()).isNotEmpty();
        assertThat(refusal).hasMessageContaining(refusal.path()).hasMessageContaining("(expected: ");
    }

    @Test
    void messagesStayShortAndOnOneLine() {
        var refusal = refusal("{\"meta\":{\"version\":\"" + "x\\n".repeat(5000) + "\"}}");
        assertThat(refusal.getMessage()).hasSizeLessThan(200).doesNotContain("\n");
    }

    @Test
    void whatIsTooLarge() {
        var options = new EggReaderOptions(200, 10, 0);
        var fits = minimal("\"author\":\"a\"").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(EggReader.read(fits, new EggReaderOptions(fits.length, 10, 0))
                        .egg())
                .isNotNull();
        assertThatThrownBy(() -> EggReader.read(fits, new EggReaderOptions(fits.length - 1, 10, 0)))
                .isInstanceOfSatisfying(
                        EggException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessageContaining(fits.length + " bytes")
                .hasMessageContaining("at most " + (fits.length - 1));
        assertThatThrownBy(() -> EggReader.read(new byte[201], options)).isInstanceOf(EggException.class);
    }

    @Test
    void whatIsTooDeepOrHasTooManyValues() {
        assertThat(refusal(minimal("\"a\":" + "[".repeat(100) + "]".repeat(100)))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(minimal("\"a\":" + "[".repeat(1_000_000))).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(minimal("\"config\":{\"files\":\"" + "[".repeat(100) + "\"}"))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(minimal("\"a\":[" + "1,".repeat(200_000) + "1]")).reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(minimal("\"a\":" + "9".repeat(5000))).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void senselessOptions() {
        assertThatThrownBy(() -> new EggReaderOptions(0, 10, 0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new EggReaderOptions(10, 100_000, 0)).isInstanceOf(InvalidInputException.class);
    }

    private static EggException refusal(String file) {
        return catchThrowableOfType(EggException.class, () -> EggReader.read(file));
    }
}
