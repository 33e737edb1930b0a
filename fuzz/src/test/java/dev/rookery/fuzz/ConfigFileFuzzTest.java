package dev.rookery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.configfile.ConfigEdit;
import dev.rookery.api.configfile.ConfigFileEditor;
import dev.rookery.api.configfile.ConfigFileException;
import dev.rookery.api.configfile.ConfigParser;
import dev.rookery.api.configfile.EditOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A match, a line end, a value, a line end, and a file: it is refused, or says what was asked for and says it once and for all. */
class ConfigFileFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void lines(byte[] input) {
        edited(ConfigParser.FILE, input);
    }

    @FuzzTest(maxDuration = "10m")
    void properties(byte[] input) {
        edited(ConfigParser.PROPERTIES, input);
    }

    @FuzzTest(maxDuration = "10m")
    void ini(byte[] input) {
        edited(ConfigParser.INI, input);
    }

    @FuzzTest(maxDuration = "10m")
    void json(byte[] input) {
        edited(ConfigParser.JSON, input);
    }

    @FuzzTest(maxDuration = "10m")
    void yaml(byte[] input) {
        edited(ConfigParser.YAML, input);
    }

    @FuzzTest(maxDuration = "10m")
    void toml(byte[] input) {
        edited(ConfigParser.TOML, input);
    }

    @FuzzTest(maxDuration = "10m")
    void xml(byte[] input) {
        edited(ConfigParser.XML, input);
    }

    private static void edited(ConfigParser parser, byte[] input) {
        int matchEnd = lineEnd(input, 0);
        int valueEnd = lineEnd(input, matchEnd + 1);
        if (valueEnd < 0) {
            return;
        }
        var match = new String(input, 0, matchEnd, StandardCharsets.UTF_8);
        var value = new String(input, matchEnd + 1, valueEnd - matchEnd - 1, StandardCharsets.UTF_8);
        var file = Arrays.copyOfRange(input, valueEnd + 1, input.length);
        var editor = ConfigFileEditor.of(parser);
        try {
            var edited = editor.edit(file, List.of(ConfigEdit.of(match, value)));
            boolean changes = edited.outcomes().get(0).kind() == EditOutcome.Kind.CHANGED;
            assertThat(edited.changed()).isEqualTo(changes);
            assertThat(changes || Arrays.equals(file, edited.content())).isTrue();
            assertThat(editor.edit(edited.content(), List.of(ConfigEdit.of(match, value)))
                            .changed())
                    .as("edited twice")
                    .isFalse();
            editor.edit(file, List.of(ConfigEdit.replacing(match, "regex:" + value, "$1${x}y")));
        } catch (ConfigFileException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    /** Returns where a line is over, -1 if it has no end. */
    private static int lineEnd(byte[] input, int from) {
        for (int i = from; i > -1 && from > -1 && i < input.length; i++) {
            if (input[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
