package dev.rookery.api.configfile;

import static dev.rookery.api.configfile.Editing.edited;
import static dev.rookery.api.configfile.Editing.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Json;
import dev.rookery.api.configfile.EditOutcome.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine of trees, seen through the parser {@code json}. Source: daemon behaviour §7.6. */
class JsonFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                              | a.b       | 1    | {\"a\": {\"b\": \"1\"}}",
                "{\"a\":null}                    | a.b       | 1    | {\"a\":{\"b\": \"1\"}}",
                "{\"a\":[1,2]}                   | a.0       | 7    | {\"a\":[7,2]}",
                "{\"a\":[1,2]}                   | a[1]      | 7    | {\"a\":[1,7]}",
                "{\"a\":[1,2]}                   | a[2]      | 7    | {\"a\":[1,2, \"7\"]}",
                "{\"a\":12345}                   | a         | 00451 | {\"a\":\"00451\"}",
                "{\"a\":{\"0\":1}}               | a.0       | 7    | {\"a\":{\"0\":7}}",
                "{\"a\":1}                       | b.25565   | x    | {\"a\":1, \"b\":{\"25565\": \"x\"}}",
                "{\"a\":1}                       | b[0].c    | x    | {\"a\":1, \"b\":[{\"c\": \"x\"}]}",
                "[{\"a\":\"1\"}]                 | 0.a       | x    | [{\"a\":\"x\"}]",
                "[{\"a\":\"1\"}]                 | [0].a     | x    | [{\"a\":\"x\"}]",
                "{\"s\":{\"x\":1,\"y\":\"2\"}}   | s.*       | 9    | {\"s\":{\"x\":9,\"y\":\"9\"}}",
                "{\"p\":{\"x\":1},\"q\":{}}      | *.x       | 9    | {\"p\":{\"x\":9},\"q\":{\"x\": \"9\"}}",
                "{\"p\":[{\"x\":{\"y\":1}}]}     | p.*.*.y   | 9    | {\"p\":[{\"x\":{\"y\":9}}]}",
                "{\"p\":[{\"x\":1},5]}           | p[*].x    | 9    | {\"p\":[{\"x\":9},5]}",
                "{\"a.b\":{\"c\":1}}             | a\\.b.c   | 2    | {\"a.b\":{\"c\":2}}",
                "{\"*\":1,\"x\":1}               | \\*       | 2    | {\"*\":2,\"x\":1}",
                "{\"#a|b@\":1}                   | #a|b@     | 2    | {\"#a|b@\":2}",
                "{\"p\":1}                       | q.*.x     | 9    | {\"p\":1}",
                "{\"p\":{}}                      | p.-1      | 9    | {\"p\":{\"-1\": \"9\"}}",
            })
    void followsPaths(String text, String match, String value, String expected) {
        // The table above has bars in one of its keys.
        var edit = text.contains("#a") ? ConfigEdit.of("#a|b@", "2") : ConfigEdit.of(match, value);
        var wanted = text.contains("#a") ? "{\"#a|b@\":2}" : expected;
        assertThat(edited(ConfigParser.JSON, text.contains("#a") ? "{\"#a|b@\":1}" : text, edit))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "true, false, false",
                "true, 0, false",
                "true, x, ~\"x\"~",
                "1, 1.50, 1.50",
                "1, 007, ~\"007\"~",
                "1, 1e5, 100000",
                "1, x, ~\"x\"~",
                "~\"s\"~, 5, ~\"5\"~",
                "~\"s\"~, true, ~\"true\"~",
                "null, 5, ~\"5\"~",
                "[1], 5, ~\"5\"~"
            })
    void keepsTheTypeThatIsThere(String present, String value, String expected) {
        assertThat(edited(ConfigParser.JSON, "{\"k\": " + present + "}", ConfigEdit.of("k", value)))
                .isEqualTo("{\"k\": " + expected + "}");
    }

    @Test
    void typedReplacementsAreTakenAsTheyAre() {
        var five = new Json.Num(new BigDecimal("5"));
        assertThat(edited(ConfigParser.JSON, "{\"k\": \"s\"}", ConfigEdit.of("k", new Json.Bool(true))))
                .isEqualTo("{\"k\": true}");
        assertThat(edited(ConfigParser.JSON, "{\"k\": \"s\"}", ConfigEdit.of("k", five)))
                .isEqualTo("{\"k\": \"5\"}");
        assertThat(edited(ConfigParser.JSON, "{}", ConfigEdit.of("k", five))).isEqualTo("{\"k\": 5}");
        assertThat(edited(ConfigParser.JSON, "{\"k\": 1}", ConfigEdit.of("k", new Json.Obj(Map.of("a", five)))))
                .isEqualTo("{\"k\": {\"a\": 5}}");
        assertThat(edited(ConfigParser.JSON, "{\"k\": 1}", ConfigEdit.of("k", Json.Null.INSTANCE)))
                .isEqualTo("{\"k\": null}");
    }

    @Test
    void conditionsAreComparedWithTheTextOfTheValue() {
        assertThat(edited(ConfigParser.JSON, "{\"k\": 1}", ConfigEdit.replacing("k", "1", "2")))
                .isEqualTo("{\"k\": 2}");
        assertThat(outcome(ConfigParser.JSON, "{\"k\": 1}", ConfigEdit.replacing("k", "3", "2"))
                        .kind())
                .isEqualTo(Kind.UNMATCHED);
        assertThat(outcome(ConfigParser.JSON, "{}", ConfigEdit.replacing("k", "3", "2"))
                        .kind())
                .isEqualTo(Kind.UNMATCHED);
    }

    @Test
    void patternsReplaceWhatTheyMatchInGosWords() {
        var text = "{\"a\": \"localhost:1\", \"b\": \"1.2.3.4:5\", \"c\": \"127.0.0.1\"}";
        var pattern = "regex:^(127\\.0\\.0\\.1|localhost)(:\\d{1,5})?$";

        assertThat(edited(ConfigParser.JSON, text, ConfigEdit.replacing("*", pattern, "172.18.0.1$2")))
                .isEqualTo("{\"a\": \"172.18.0.1:1\", \"b\": \"1.2.3.4:5\", \"c\": \"172.18.0.1\"}");
        assertThat(edited(
                        ConfigParser.JSON,
                        "{\"k\": \"ab\"}",
                        ConfigEdit.replacing("k", "regex:a(?P<n>b)", "$1x${n}$$")))
                .as("a name is as long as it can be")
                .isEqualTo("{\"k\": \"b$\"}");
        assertThat(outcome(ConfigParser.JSON, "{\"k\": \"ab\"}", ConfigEdit.replacing("k", "regex:(", "x"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void aPatternThatWouldRunForYearsIsGivenUp() {
        var text = "{\"k\": \"" + "a".repeat(4000) + "!\"}";

        assertThat(outcome(ConfigParser.JSON, text, ConfigEdit.replacing("k", "regex:^(a+)+$", "x"))
                        .kind())
                .isEqualTo(Kind.UNMATCHED);
        assertThat(outcome(ConfigParser.JSON, text, ConfigEdit.replacing("k", "regex:^(a|aa)+x|!$", "x"))
                        .kind())
                .isIn(Kind.REFUSED, Kind.CHANGED);
        assertThat(outcome(ConfigParser.JSON, text, ConfigEdit.replacing("k", "regex:a(?=!)", "x"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k.x", "l.x", "l[5]", "l.-1", "o[0]", "n[1]"})
    void refusesWhatDoesNotFitTheShape(String match) {
        var text = "{\"k\": \"text\", \"l\": [1], \"o\": {}, \"n\": null}";

        var outcome = outcome(ConfigParser.JSON, text, ConfigEdit.of(match, "1"));

        assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
        assertThat(outcome.reason().orElseThrow()).contains("(expected: ");
    }

    @Test
    void commentsAndCommasAtTheEndStay() {
        var text = "{\n  // one\n  \"a\": 1, /* two */\n  \"b\": [1,],\n}\n";

        assertThat(edited(ConfigParser.JSON, text, ConfigEdit.of("a", "2"), ConfigEdit.of("c", "x")))
                .isEqualTo("{\n  // one\n  \"a\": 2, /* two */\n  \"b\": [1,],\n  \"c\": \"x\",\n}\n");
    }

    @Test
    void setsTheLastOfTwoLikeMembersAndKeepsBoth() {
        assertThat(edited(ConfigParser.JSON, "{\"a\":1,\"a\":2}", ConfigEdit.of("a", "3")))
                .isEqualTo("{\"a\":1,\"a\":3}");
    }

    @Test
    void anEmptyFileGetsItsValues() {
        assertThat(edited(ConfigParser.JSON, "", ConfigEdit.of("a.b", "1"), ConfigEdit.of("c", "2")))
                .isEqualTo("{\n  \"a\": {\n    \"b\": \"1\"\n  },\n  \"c\": \"2\"\n}\n");
    }

    @Test
    void insertsAndUpdatesOnlyWhereItMay() {
        var value = new Json.Text("x");
        var onlyNew = new ConfigEdit("a", Optional.empty(), value, true, false);
        var onlyPresent = new ConfigEdit("a", Optional.empty(), value, false, true);

        assertThat(edited(ConfigParser.JSON, "{\"a\": \"1\"}", onlyNew)).isEqualTo("{\"a\": \"1\"}");
        assertThat(edited(ConfigParser.JSON, "{}", onlyNew)).isEqualTo("{\"a\": \"x\"}");
        assertThat(edited(ConfigParser.JSON, "{\"a\": \"1\"}", onlyPresent)).isEqualTo("{\"a\": \"x\"}");
        assertThat(edited(ConfigParser.JSON, "{}", onlyPresent)).isEqualTo("{}");
    }

    @Test
    void saysWhereTheFileIsBroken() {
        assertThatThrownBy(() -> edited(ConfigParser.JSON, "{\n  \"a\": tru\n}", ConfigEdit.of("a", "1")))
                .isInstanceOfSatisfying(
                        ConfigFileException.class, e -> assertThat(e.line()).hasValue(2))
                .hasMessageContaining("not JSON")
                .hasMessageNotContaining("tru");
        assertThatThrownBy(() -> edited(ConfigParser.JSON, "{} {}", ConfigEdit.of("a", "1")))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("line 1, column 4");
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        var editor = ConfigFileEditor.of(ConfigParser.JSON, new ConfigFileOptions(1000, 10, 100, false));
        for (var text : List.of("[".repeat(50), "[" + "1,".repeat(200) + "1]", " ".repeat(2000))) {
            assertThatThrownBy(() -> edited(editor, text, ConfigEdit.of("a", "1")))
                    .isInstanceOf(ConfigFileException.class)
                    .hasMessageContaining("expected: at most");
        }
    }
}
