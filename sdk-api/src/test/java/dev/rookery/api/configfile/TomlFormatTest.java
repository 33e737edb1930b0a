package dev.rookery.api.configfile;

import static dev.rookery.api.configfile.Editing.edited;
import static dev.rookery.api.configfile.Editing.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Json;
import dev.rookery.api.configfile.EditOutcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser {@code toml}. Source: daemon behaviour §7.6. */
class TomlFormatTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "1, 2, 2",
                "1.0, 2.50, 2.50",
                "1_000, 1000, 1_000",
                "1, 007, ~\"007\"~",
                "+5, +5, +5",
                "true, false, false",
                "~\"a\"~, 5, ~\"5\"~",
                "~'C:\\x'~, ~D:\\y~, ~'D:\\y'~",
                "~'a'~, ~it's~, ~\"it's\"~",
                "2026-01-02, 2027-01-02, 2027-01-02",
                "2026-01-02 03:04:05Z, x, ~\"x\"~",
                "~\"\"\"a\nb\"\"\"~, c, ~\"c\"~",
                "~[1, 2]~, c, ~\"c\"~",
                "0x1F, 32, 32",
                "-inf, 1, 1"
            })
    void keepsTypesAndQuotes(String present, String value, String expected) {
        assertThat(edited(ConfigParser.TOML, "# c\nk = " + present + " # d\n", ConfigEdit.of("k", value)))
                .isEqualTo("# c\nk = " + expected + " # d\n");
    }

    @Test
    void addsKeysWhereTheirTableIs() {
        var text = "# file\n\n# of a\n[a]\nx = 1\n\n[a.b]\ny = 2\n\n[c.d]\nd.e = 1\n";

        assertThat(edited(
                        ConfigParser.TOML,
                        text,
                        ConfigEdit.of("root", "r"),
                        ConfigEdit.of("a.n", "1"),
                        ConfigEdit.of("c.d.d.f", "2"),
                        ConfigEdit.of("c.n", "3"),
                        ConfigEdit.of("new.deep.key", "4")))
                .isEqualTo("""
                        # file

                        root = "r"

                        # of a
                        [a]
                        x = 1
                        n = "1"

                        [a.b]
                        y = 2

                        [c.d]
                        d.e = 1
                        d.f = "2"

                        [c]
                        n = "3"

                        [new.deep]
                        key = "4"
                        """);
    }

    @Test
    void editsInlineTablesListsAndListsOfTables() {
        var text = "i = { a = 1 }\nl = [\n  \"a\", # one\n]\n\n[[p]]\nn = 1\n[[p]]\nn = 2\n";

        assertThat(edited(
                        ConfigParser.TOML,
                        text,
                        ConfigEdit.of("i.b", "x"),
                        ConfigEdit.of("l[0]", "b"),
                        ConfigEdit.of("p[1].n", "3"),
                        ConfigEdit.of("p.*.m", "4")))
                .isEqualTo("""
                        i = { a = 1, b = "x" }
                        l = [
                          "b", # one
                        ]

                        [[p]]
                        n = 1
                        m = "4"
                        [[p]]
                        n = 3
                        m = "4"
                        """);
    }

    @Test
    void quotedKeysAreNames() {
        assertThat(edited(
                        ConfigParser.TOML,
                        "[h]\n\"a.b\" = 1\n",
                        ConfigEdit.of("h.a\\.b", "2"),
                        ConfigEdit.of("h.c\\.d", "x")))
                .isEqualTo("[h]\n\"a.b\" = 2\n\"c.d\" = \"x\"\n");
    }

    @Test
    void refusesWhatTomlHasNoPlaceFor() {
        assertThat(outcome(ConfigParser.TOML, "a = 1\n", ConfigEdit.of("a", Json.Null.INSTANCE))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(outcome(ConfigParser.TOML, "[a]\nb = 1\n", ConfigEdit.of("a", "1"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(outcome(ConfigParser.TOML, "[[a]]\nb = 1\n", ConfigEdit.of("a[1].b", "1"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a =",
                "a = b",
                "a = 01",
                "a = \"x",
                "[a",
                "a = 1\na = 2",
                "[a]\n[a]",
                "a = 1 b = 2",
                "a = [1"
            })
    void saysWhereTheFileIsBroken(String text) {
        assertThatThrownBy(() -> edited(ConfigParser.TOML, "# c\n" + text + "\n", ConfigEdit.of("z", "1")))
                .isInstanceOfSatisfying(
                        ConfigFileException.class, e -> assertThat(e.line()).isPresent())
                .hasMessageStartingWith("line ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "+0",
                "-12",
                "1_0_0",
                "1.5",
                "0.5e-1_0",
                "6.02E+23",
                "1e06",
                "+inf",
                "-nan",
                "0xdead_BEEF",
                "0o17",
                "0b1_0"
            })
    void numbersAreNumbers(String number) {
        assertThat(edited(ConfigParser.TOML, "k = " + number + "\n", ConfigEdit.of("k", "7")))
                .isEqualTo("k = 7\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"01", "1_", "_1", "1__0", "1.", ".5", "1.5.", "1e", "+-1", "+0x1", "0x", "0b2", "0o8", "in"})
    void nothingElseIs(String word) {
        assertThatThrownBy(() -> edited(ConfigParser.TOML, "k = " + word + "\n", ConfigEdit.of("k", "7")))
                .isInstanceOf(ConfigFileException.class);
    }

    @Test
    void numbersMayBeOfAnyLength() {
        var text = "k = 1" + "_1".repeat(200_000) + "\nl = 1\n";

        assertThat(edited(ConfigParser.TOML, text, ConfigEdit.of("l", "2"))).isEqualTo(text.replace("l = 1", "l = 2"));
    }
}
