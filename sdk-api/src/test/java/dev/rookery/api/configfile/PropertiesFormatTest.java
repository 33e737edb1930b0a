package dev.rookery.api.configfile;

import static dev.rookery.api.configfile.Editing.edited;
import static dev.rookery.api.configfile.Editing.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.configfile.EditOutcome.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser {@code properties}. Source: daemon behaviour §7.5. */
class PropertiesFormatTest {

    @Test
    void keepsCommentsBlankLinesOrderAndSeparators() {
        var text = "# one\n! two\n\na = 1\nb:2\nc 3\n# three\nnosep\n\n# end";

        assertThat(edited(
                        ConfigParser.PROPERTIES,
                        text,
                        ConfigEdit.of("a", "x"),
                        ConfigEdit.of("b", "y"),
                        ConfigEdit.of("c", "z"),
                        ConfigEdit.of("nosep", "w"),
                        ConfigEdit.of("new", "v")))
                .isEqualTo("# one\n! two\n\na = x\nb:y\nc z\n# three\nnosep=w\n\n# end\nnew=v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  two",
                "é§",
                "\uD83D\uDE00",
                "\"hello\"",
                "${HOME}",
                "a\tb\nc",
                "back\\slash\\",
                "#!:=",
                "x=y:z"
            })
    void everyValueComesBackThroughJava(String value) throws IOException {
        for (var text : new String[] {"", "k=1\nmotd = old\\\n  more\nz=2\n", "z=1\\", "z=1\\\n", "#c\\", "motd"}) {
            var properties = new Properties();
            properties.load(new StringReader(edited(ConfigParser.PROPERTIES, text, ConfigEdit.of("motd", value))));

            assertThat(properties).as(text).containsEntry("motd", value);
            assertThat(properties.getProperty("z", "none")).as(text).matches("none|1|2");
        }
    }

    @Test
    void findsKeysWhateverTheyAreEscapedWith() {
        assertThat(edited(ConfigParser.PROPERTIES, "k\\ e\\u0079\\:=1\n", ConfigEdit.of("k ey:", "2")))
                .isEqualTo("k\\ e\\u0079\\:=2\n");
        assertThat(edited(ConfigParser.PROPERTIES, "", ConfigEdit.of("k ey:", "2")))
                .isEqualTo("k\\ ey\\:=2\n");
    }

    @Test
    void setsTheLastOfTwoLikeKeysBecauseThatIsTheOneThatCounts() {
        assertThat(edited(ConfigParser.PROPERTIES, "a=1\na=2\n", ConfigEdit.of("a", "3")))
                .isEqualTo("a=1\na=3\n");
    }

    @Test
    void comparesConditionsLiterally() {
        var condition = ConfigEdit.replacing("a", "1", "2");
        assertThat(edited(ConfigParser.PROPERTIES, "a=1\n", condition)).isEqualTo("a=2\n");
        assertThat(outcome(ConfigParser.PROPERTIES, "a=3\n", condition).kind()).isEqualTo(Kind.UNMATCHED);
        assertThat(outcome(ConfigParser.PROPERTIES, "", condition).kind()).isEqualTo(Kind.UNMATCHED);
        assertThat(outcome(ConfigParser.PROPERTIES, "a=1\n", ConfigEdit.replacing("a", "regex:.", "2"))
                        .kind())
                .isEqualTo(Kind.UNMATCHED);
    }

    @Test
    void leavesAValueThatSaysTheSameInOtherWords() {
        assertThat(edited(ConfigParser.PROPERTIES, "a=\u00e9\\:\n", ConfigEdit.of("a", "\u00e9:")))
                .isEqualTo("a=\u00e9\\:\n");
    }

    @Test
    void saysWhereAnEscapeIsBroken() {
        assertThatThrownBy(() -> edited(ConfigParser.PROPERTIES, "a=1\nb=\\u12\n", ConfigEdit.of("a", "2")))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("line 2, column 3");
    }
}
