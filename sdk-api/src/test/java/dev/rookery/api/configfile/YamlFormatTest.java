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

/** The parser {@code yaml}. Source: daemon behaviour §7.6. */
class YamlFormatTest {

    private static final String SERVERS = """
            # all servers
            servers:
              lobby:
                address: 127.0.0.1:25566   # here
              ext: {address: "1.2.3.4:5", restricted: false}
            """;

    @Test
    void proxiesGetTheAddressOfTheBridge() {
        var edit = ConfigEdit.replacing(
                "servers.*.address", "regex:^(127\\.0\\.0\\.1|localhost)(:\\d{1,5})?$", "172.18.0.1$2");

        assertThat(edited(ConfigParser.YAML, SERVERS, edit))
                .isEqualTo(SERVERS.replace("127.0.0.1:25566", "172.18.0.1:25566"));
    }

    @Test
    void listenersAreFoundByTheirNumber() {
        var text = "listeners:\n- query_port: 25577\n  host: 0.0.0.0:25577\n  query_enabled: no\n";

        assertThat(edited(
                        ConfigParser.YAML,
                        text,
                        ConfigEdit.of("listeners[0].host", "0.0.0.0:7"),
                        ConfigEdit.of("listeners[0].query_port", "7"),
                        ConfigEdit.of("listeners[0].query_enabled", new Json.Bool(true)),
                        ConfigEdit.of("listeners[0].motd", "hello there")))
                .isEqualTo("""
                        listeners:
                        - query_port: 7
                          host: 0.0.0.0:7
                          query_enabled: true
                          motd: "hello there"
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "1, 2, 2",
                "1.20, 1.30, 1.30",
                "0755, 8, 8",
                "0x1F, 32, 32",
                "12345, 00451, ~\"00451\"~",
                "5, +5, ~\"+5\"~",
                "5, .5, ~\".5\"~",
                "5, 5., ~\"5.\"~",
                "1, -0.5e3, -500",
                "007, 007, 007",
                "1_000, 1_001, ~\"1_001\"~",
                "yes, false, false",
                "on, off, false",
                "text, true, ~\"true\"~",
                "text, 5, ~\"5\"~",
                "text, plain, plain",
                "~'a'~, ~it's~, ~'it''s'~",
                "~\"a\"~, b, ~\"b\"~",
                "null, 5, ~\"5\"~",
                "2024-01-01, 2025-01-01, ~\"2025-01-01\"~",
                "*x, 5, ~\"5\"~"
            })
    void keepsTypesAndQuotes(String present, String value, String expected) {
        var text = "o: &x 1\nk: " + present + " # c\nz: 0755\n";

        assertThat(edited(ConfigParser.YAML, text, ConfigEdit.of("k", value)))
                .isEqualTo("o: &x 1\nk: " + expected + " # c\nz: 0755\n");
    }

    @Test
    void whatIsNotAddressedStays() {
        var text = "%YAML 1.2\n---\nz: 1.0\na: &a {y: no}\nb: *a\n1: 2024-01-01\nt: |\n  x\n\n  y\n---\nother: 1\n";

        assertThat(edited(ConfigParser.YAML, text, ConfigEdit.of("z", "2"), ConfigEdit.of("new.m", "1")))
                .isEqualTo(text.replace("z: 1.0", "z: 2").replace("y\n---", "y\nnew:\n  m: \"1\"\n---"));
    }

    @ParameterizedTest
    @CsvSource({
        "base.port",
        "base",
        "base.new",
        "base.in.n",
        "copy.port",
        "list[0]",
        "list",
        "both",
        "both.again",
        "anchor",
        "merged.<<",
        "merged.<<.port"
    })
    void nothingIsEditedThatAnAliasSaysOnceMore(String match) {
        var text = """
                base: &b
                  port: 1
                  in: {n: 1}
                copy: *b
                list: [&i 1, *i]
                both: {again: &x 1, other: 2}
                anchor: &x 2
                last: *x
                merged:
                  <<: *b
                  own: 1
                """.replace("&x 1", "&y 1").replace("other: 2", "other: *y");

        var outcome = outcome(ConfigParser.YAML, text, ConfigEdit.of(match, "7"));

        assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
        assertThat(outcome.reason().orElseThrow()).contains("stands");
    }

    @Test
    void anAliasMayBeExchangedAndAnAnchorThatNobodyNamesIsAValue() {
        var text = "base: &b\n  port: 1\ncopy: *b\nalone: &c\n  port: 1\nmore: {<<: *b, own: 1}\n";

        assertThat(edited(
                        ConfigParser.YAML,
                        text,
                        ConfigEdit.of("copy", "2"),
                        ConfigEdit.of("alone.port", "2"),
                        ConfigEdit.of("more.own", "2")))
                .isEqualTo("base: &b\n  port: 1\ncopy: \"2\"\nalone: &c\n  port: 2\nmore: {<<: *b, own: 2}\n");
    }

    /** The name of an anchor may be given twice: the alias would then mean the one before. */
    @Test
    void noAliasIsMadeToNameAnotherAnchor() {
        var text = "a: &x 1\nb: {c: &x 2}\nd: *x\n";

        assertThat(outcome(ConfigParser.YAML, text, ConfigEdit.of("b", "7")).kind())
                .isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "--- # c\n"})
    void anEmptyFileGetsItsValues(String text) {
        assertThat(edited(ConfigParser.YAML, text, ConfigEdit.of("a.b", "x"), ConfigEdit.of("a.c", "1")))
                .isEqualTo(text + "a:\n  b: x\n  c: \"1\"\n");
    }

    @Test
    void aListAtTheRootCanBeEdited() {
        assertThat(edited(
                        ConfigParser.YAML, "- a: 1\n- a: 2\n", ConfigEdit.of("1.a", "3"), ConfigEdit.of("[2].a", "4")))
                .isEqualTo("- a: 1\n- a: 3\n- {a: \"4\"}\n");
    }

    @Test
    void likeKeysStay() {
        assertThat(edited(ConfigParser.YAML, "a: 1\nb: 2\na: 3\n", ConfigEdit.of("a", "4")))
                .isEqualTo("a: 1\nb: 2\na: 4\n");
    }

    @Test
    void textsOutsideOfTheFirstPlaneDoNotShiftPlaces() {
        assertThat(edited(
                        ConfigParser.YAML,
                        "a: \"\uD83D\uDE00\uD83D\uDE00\"\nb: 1 # \uD83D\uDE00\nc: 2\n",
                        ConfigEdit.of("c", "3")))
                .isEqualTo("a: \"\uD83D\uDE00\uD83D\uDE00\"\nb: 1 # \uD83D\uDE00\nc: 3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [1\n", "a:\n\tb: 1\n", "a: b: c\n", "a: *x\n"})
    void saysWhereTheFileIsBroken(String text) {
        assertThatThrownBy(() -> edited(ConfigParser.YAML, text, ConfigEdit.of("a", "1")))
                .isInstanceOfSatisfying(
                        ConfigFileException.class, e -> assertThat(e.line()).isPresent())
                .hasMessageStartingWith("line ");
    }

    @Test
    void bombsOfAliasesAreRefused() {
        var bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> edited(ConfigParser.YAML, bomb.toString(), ConfigEdit.of("k", "1")))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("too many aliases");
        assertThatThrownBy(() -> edited(ConfigParser.YAML, "[".repeat(1000), ConfigEdit.of("k", "1")))
                .isInstanceOf(ConfigFileException.class);
    }

    @Test
    void valuesMayHaveAnyNumberOfColons() {
        var value = "a" + ":a".repeat(100_000);

        assertThat(edited(ConfigParser.YAML, "k: v\n", ConfigEdit.of("k", value)))
                .isEqualTo("k: " + value + "\n");
        assertThat(edited(ConfigParser.YAML, "k: v\n", ConfigEdit.of("k", "a::b"), ConfigEdit.of("l", "a:")))
                .isEqualTo("k: \"a::b\"\nl: \"a:\"\n");
    }
}
