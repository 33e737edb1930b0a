package dev.rookery.api.configfile;

import static dev.rookery.api.configfile.Editing.edited;
import static dev.rookery.api.configfile.Editing.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Json;
import dev.rookery.api.configfile.EditOutcome.Kind;
import org.junit.jupiter.api.Test;

/** The parser {@code file}. Source: daemon behaviour §7.4. */
class LineFormatTest {

    @Test
    void replacesLinesThatBeginWithTheMatchAndKeepsTheirEnds() {
        var text = "foo=1\r\n  foo=2\nbar=3";

        assertThat(edited(ConfigParser.FILE, text, ConfigEdit.of("foo", "foo=9"), ConfigEdit.of("zzz", "zzz=1")))
                .isEqualTo("foo=9\r\n  foo=2\nbar=3");
    }

    @Test
    void writesSeveralReplacementsOfOneLineBehindEachOther() {
        assertThat(edited(ConfigParser.FILE, "foobar=1\n", ConfigEdit.of("foo", "A"), ConfigEdit.of("foobar", "B")))
                .isEqualTo("AB\n");
    }

    @Test
    void takesAnEmptyMatchForEveryLine() {
        assertThat(edited(ConfigParser.FILE, "a\nb", ConfigEdit.of("", "X"))).isEqualTo("X\nX");
        assertThat(edited(ConfigParser.FILE, "", ConfigEdit.of("", "X"))).isEmpty();
    }

    @Test
    void doesNotLookAtConditions() {
        assertThat(edited(ConfigParser.FILE, "ip=1\n", ConfigEdit.replacing("ip", "2", "ip=3")))
                .isEqualTo("ip=3\n");
    }

    @Test
    void doesNotRepeatAReplacementOfSeveralLines() {
        assertThat(edited(ConfigParser.FILE, "a\nkey\nb\n", ConfigEdit.of("key", "key:\n  key: 1")))
                .isEqualTo("a\nkey:\n  key: 1\nb\n");
    }

    @Test
    void saysWhatBecameOfAnEdit() {
        assertThat(outcome(ConfigParser.FILE, "a\n", ConfigEdit.of("b", "c")).kind())
                .isEqualTo(Kind.UNMATCHED);
        assertThat(outcome(ConfigParser.FILE, "a\n", ConfigEdit.of("a", "a")).kind())
                .isEqualTo(Kind.SAME);
        assertThat(outcome(ConfigParser.FILE, "a\n", ConfigEdit.of("a", Json.Null.INSTANCE))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(outcome(ConfigParser.FILE, "ab\nac\n", ConfigEdit.of("a", "x"))
                        .places())
                .isEqualTo(2);
    }

    @Test
    void refusesFilesOfTooManyLines() {
        assertThatThrownBy(() -> edited(ConfigParser.FILE, "\n".repeat(200_001), ConfigEdit.of("a", "b")))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("at most 200000");
        assertThat(edited(ConfigParser.FILE, "\n".repeat(199_999) + "ab", ConfigEdit.of("a", "b")))
                .endsWith("\nb");
    }
}
