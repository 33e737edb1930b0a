package dev.rookery.api.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all kinds of files. */
class ConfigFileEditorTest {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void findsParsersByTheNamesOfEggs() {
        assertThat(Stream.of("file", "properties", "ini", "json", "yaml", "yml", "toml", "xml"))
                .allMatch(name -> ConfigParser.find(name).isPresent());
        assertThat(ConfigParser.find("yml")).contains(ConfigParser.YAML);
        assertThat(ConfigParser.find("lua")).isEmpty();
    }

    @Test
    void keepsMarksAndBytesOfOtherEncodings() {
        var marked = new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', ':', ' ', '1', '\r', '\n'};
        assertThat(edit(ConfigParser.YAML, marked, "a", "2"))
                .isEqualTo(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', ':', ' ', '2', '\r', '\n'});

        var latin = "# \u00e4\u00ff\na = 1\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(edit(ConfigParser.TOML, latin, "a", "\u00e9"))
                .isEqualTo("# \u00e4\u00ff\na = \"\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> edit(ConfigParser.TOML, latin, "a", "\u20ac"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("ISO-8859-1");
    }

    @Test
    void takesWhatPanelsSend() {
        var legacy = new Replacement(
                "a",
                Optional.of("b"),
                Json.Null.INSTANCE,
                Map.of("value", new Json.Text("c"), "insert_new", new Json.Bool(false)));

        assertThat(ConfigEdit.of(legacy))
                .isEqualTo(new ConfigEdit("a", Optional.of("b"), new Json.Text("c"), false, true));
    }

    @Test
    void theContentIsACopy() {
        var file = "a=1\n".getBytes(StandardCharsets.UTF_8);
        var edited = ConfigFileEditor.of(ConfigParser.INI).edit(file, List.of(ConfigEdit.of("a", "1")));
        edited.content()[0] = 'x';
        file[0] = 'y';

        assertThat(edited.content()).asString(StandardCharsets.UTF_8).isEqualTo("a=1\n");
        assertThat(edited.changed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ConfigParser.class)
    void refusesFilesThatAreTooLarge(ConfigParser parser) {
        assertThatThrownBy(() -> edit(parser, new byte[10 * MEBIBYTE], "a", "1"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("expected: at most 8388608 bytes");
        assertThatThrownBy(() -> new ConfigFileOptions(0, 1, 1, false)).isInstanceOf(InvalidInputException.class);
    }

    static Stream<String> hostilePieces() {
        return Stream.of(
                "[", "{", "[[", "{\"a\":", "- ", "a:\n", "a: ", "<a>", "<", "\\", "\\\n", "[\n", "a=1\n", "a.", "\"",
                "&a ", "? ", "\n");
    }

    /** Each of them repeated fills a file: whatever becomes of it, it is soon over. */
    @ParameterizedTest
    @MethodSource("hostilePieces")
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void hostileFilesAreSoonOver(String piece) {
        var file = piece.repeat(MEBIBYTE / piece.length()).getBytes(StandardCharsets.UTF_8);
        for (var parser : ConfigParser.values()) {
            var failure = catchThrowable(() -> edit(parser, file, "a.b", "1"));

            assertThat(failure == null || failure instanceof ConfigFileException)
                    .as("%s: %s", parser, failure)
                    .isTrue();
        }
    }

    /** Reading looks ahead over each of these to the end of the file. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "x"})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void longPiecesOfYamlAreReadOnce(String piece) {
        var file = ("a: 1\nb: " + piece.repeat(7 * MEBIBYTE) + "\n").getBytes(StandardCharsets.UTF_8);
        var edits = IntStream.range(2, 6)
                .mapToObj(i -> ConfigEdit.of("a", String.valueOf(i)))
                .toList();

        var edited = ConfigFileEditor.of(ConfigParser.YAML).edit(file, edits);

        file[3] = '5';
        assertThat(edited.content()).isEqualTo(file);
    }

    @ParameterizedTest
    @EnumSource(ConfigParser.class)
    void editsEndBetweenTwoOfThem(ConfigParser parser) {
        var cancel = CancelSignal.create();
        cancel.cancel();
        var text = parser == ConfigParser.FILE ? "a" : "";

        assertThatThrownBy(() -> ConfigFileEditor.of(parser)
                        .edit(text.getBytes(StandardCharsets.UTF_8), List.of(ConfigEdit.of("a.b", "1")), cancel))
                .isInstanceOf(UnavailableException.class);
    }

    private static byte[] edit(ConfigParser parser, byte[] file, String match, String value) {
        return ConfigFileEditor.of(parser)
                .edit(file, List.of(ConfigEdit.of(match, value)))
                .content();
    }
}
