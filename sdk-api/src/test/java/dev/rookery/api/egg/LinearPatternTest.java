package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {

    private static final String[] TOKENS = {
        "a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d", "\\b", "\\B", "^", "$", "*", "+", "?", "{2}", "{1,2}", "{0,}",
        "*?", "(", "(?:", ")", "|"
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "(?i)server (is )?up~SERVER UP~true",
                "(?i:a)b~AB~false",
                "a(?i)b|c~aB~true",
                "[[\\]-]+$~x]-[~true",
                "[^\\d\\s]~1 2~false",
                "[]a]~]~true",
                "[a-]~-~true",
                "[\\x41-\\x{43}]~B~true",
                "\\Qa.b*\\E!~a.b*!~true",
                "\\Qa.b\\E~axb~false",
                "x{,2}~x{,2}~true",
                "x{2,3}$~axx~true",
                "^x{2,3}$~xxxx~false",
                "(?P<n>a)(?<m>b)~ab~true",
                "\\.jar\\b~a.jarx~false",
                "\\[.*\\] Done~[12:00] Done~true",
                "ü+~grüüß~true",
                "a{0}b~b~true",
                "^\\p{Lu}\\pL+$~Ümläut~true",
                "^\\P{L}\\p{^L}[\\p{Greek}x]$~1-λ~true",
                "^[[:alpha:]_]+[[:^digit:]]$~a_b~true",
                "^[[:alpha:]]$~1~false",
                "(a|b|)c~c~true"
            })
    void understandsTheSyntaxOfRe2(String regex, String text, boolean expected) {
        assertThat(LinearPattern.compile(regex).orElseThrow().find(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "[",
                "[]",
                "[a",
                "*",
                "a**",
                "a++",
                "a{1001}",
                "a{2,1}",
                "(?=a)",
                "(?!a)",
                "(?<=a)b",
                "(?>a)",
                "(a)\\1",
                "\\",
                "\\k",
                "\\p{Klingon}",
                "\\p",
                "[[:foo:]]",
                "[b-a]",
                "\\x",
                "\\xzz",
                "(?",
                "((a{999}){999}){999}",
                "((){999}){999}"
            })
    void refusesWhatItDoesNotKnow(String regex) {
        assertThat(LinearPattern.compile(regex)).isEmpty();
    }

    @Test
    void astralCharactersAreOneCharacter() {
        assertThat(LinearPattern.compile("^.$").orElseThrow().find("\ud83d\ude00"))
                .isTrue();
    }

    /** Where both engines know an expression they agree. */
    @Test
    void findsWhatJavaFinds() {
        var random = new Random(20260101);
        int compared = 0;
        for (int i = 0; i < 20_000; i++) {
            var regex = random(random, TOKENS, 1 + random.nextInt(8));
            var pattern = LinearPattern.compile(regex);
            if (pattern.isPresent()) {
                var text = random(random, new String[] {"a", "b", "c", "1", " "}, random.nextInt(8));
                assertThat(pattern.get().find(text))
                        .as("/%s/ in '%s'", regex, text)
                        .isEqualTo(Pattern.compile(regex).matcher(text).find());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5000);
    }

    private static String random(Random random, String[] parts, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
