package dev.rookery.api.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of {@code regex:} mean what they mean in Go. */
class GoPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "[[:digit:]]+~id25565~N~idN",
                "[[:digit:]]+~25565~N~N",
                "[a&&b]+~x&ab~N~xN",
                "[x[y]]~[]~N~N",
                "[[:a]+~:[a~N~N",
                "(?i)straSSe~STRAẞſE~N~",
                "(?i)k~K~N~N",
                "(?i)[j-l]+~KkK~N~N",
                "(?i)i~ıİ~N~",
                "(?i)\\w~ſ~N~N",
                "(?U)a+~aaa~N~NNN",
                "(?U)a+?~aaa~N~N",
                "\\Qab\\E*~abbab~N~NN",
                "\\Q.*\\E~a.*~N~aN",
                "a\\Q\\E+~aa~N~N",
                "ab(?i)*~abbab~N~NN",
                "\\_\\101\\x{42}~_AB~N~N",
                "(a)(?P<n>b)?~abac~$1${n}-$2;$3${x}$$~ab-b;$a-;$c",
                "(?<n>b)~abc~[$n]~a[b]c",
                "(a)~a~$1x$01${1}x~ax",
                "(a)~a~$é$~$",
                "a*~baac~x~xbxcx",
                "(|a)*~aa~x~xaxax",
                "(|a)+~aa~x~xaxax",
                "b*?~ab~x~xaxbx",
                "(a|ab)(c|bcd)~abcd~$1-$2~a-bcd",
                "(a+)(b+)?~aab~$2$1~baa",
                "(?:(a)|(b))*~ab~$1$2~ab",
                "^|$~a~x~xax",
                "\\b~ab cd~|~|ab| |cd|"
            })
    void replacesWhatGoReplaces(String regex, String text, String template, String expected) throws Refusal {
        assertThat(GoPattern.compile(regex).replace(text, template)).isEqualTo(expected);
    }

    /** Recorded from Go 1.26 by scripts/go-patterns, which says what the columns are. */
    @Test
    void doesWhatGoDoes() throws IOException {
        var json = JsonMapper.builder().build();
        for (var line : new String(Editing.file("go-patterns.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            var row = json.readTree(line);
            assertThat(outcome(
                            row.get(0).asText(), row.get(1).asText(), row.get(2).asText()))
                    .as(line)
                    .isEqualTo(row.has(3) ? row.get(3) : MissingNode.getInstance());
        }
    }

    private static JsonNode outcome(String regex, String text, String template) {
        try {
            var replaced = GoPattern.compile(regex).replace(text, template);
            return replaced == null ? NullNode.getInstance() : TextNode.valueOf(replaced);
        } catch (Refusal refused) {
            return MissingNode.getInstance();
        }
    }

    @Test
    void linesEndAtLineFeedsAlone() throws Refusal {
        assertThat(GoPattern.compile("(?m)^b$").replace("a\nb\n", "x")).isEqualTo("a\nx\n");
        assertThat(GoPattern.compile("(?m)^").replace("a\n", "x")).isEqualTo("xa\nx");
        assertThat(GoPattern.compile("^b").replace("a\nb", "x")).isNull();
        assertThat(GoPattern.compile("a$").replace("a\n", "x")).isNull();
        assertThat(GoPattern.compile(".").replace("\r\u0085\u2028\n", "x")).isEqualTo("xxx\n");
        assertThat(GoPattern.compile("(?s).").replace("\n", "x")).isEqualTo("x");
        assertThat(GoPattern.compile("\\v").replace("\n\u000b", "x")).isEqualTo("\nx");
        assertThat(GoPattern.compile("\\s").replace("\u000b ", "x")).isEqualTo("\u000bx");
    }

    @Test
    void charactersAreWhole() throws Refusal {
        assertThat(GoPattern.compile(".").replace("\ud83d\ude00", "x")).isEqualTo("x");
        assertThat(GoPattern.compile("").replace("\ud83d\ude00", "x")).isEqualTo("x\ud83d\ude00x");
    }

    @Test
    void refusesWhatRunsTooLong() throws Refusal {
        var pattern = GoPattern.compile("a*b|a");

        assertThatThrownBy(() -> pattern.replace("a".repeat(4096), "x"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("too long");
    }
}
