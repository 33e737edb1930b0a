package dev.rookery.api.internal.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PHP makes of patterns is recorded in the table of {@code VariableRulesTableTest}; this is about the two searches. */
class PhpPatternTest {

    private static final String[] TOKENS = {
        "a", "b", "\n", ".", "[ab]", "[^a]", "\\w", "\\b", "^", "$", "*", "+", "?", "{2}", "{1,2}", "*?", "(", "(?:",
        "(?i)", ")", "|"
    };

    @Test
    void findsTheSameInBothSearches() {
        var random = new Random(11);
        int compared = 0;
        for (int i = 0; i < 20_000; i++) {
            var regex = text(random, TOKENS, 8);
            var subject = text(random, new String[] {"a", "b", "A", "-", "\n"}, 8);
            var modes = new PhpModes(
                    false, random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), false, false, false);
            try {
                var parser = new PhpRegexParser(regex, modes);
                var tree = parser.parse();
                boolean linear = new LinearSearch(RegexCompiler.linear(tree)).find(subject);
                var other = RegexCompiler.backtracking(tree, parser.groups()).find(subject);
                assertThat(other)
                        .as("%s in '%s'", regex, subject)
                        .isEqualTo(linear ? Outcome.FOUND : Outcome.NOT_FOUND);
                compared++;
            } catch (UnsupportedRegexException ignored) {
                // Most random texts are no expressions.
            }
        }
        assertThat(compared).isGreaterThan(2_000);
    }

    private static String text(Random random, String[] tokens, int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append(tokens[random.nextInt(tokens.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "/^(a+)+$/",
                "/^(?=a)(a|aa|aaa)+$/",
                "/(?<=a)(a*)*b/",
                "/^(.*)*\\1x$/",
                "/(?>a*)*a*a*a*a*a*a*b\\1(c)/",
                "/(?:(?=a*)a*)*b/"
            })
    void endsWhateverThePatternIs(String pattern) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(PhpPattern.compile(pattern).find("a".repeat(5_000) + "!"))
                        .isIn(Outcome.NOT_FOUND, Outcome.GAVE_UP));
    }

    @Test
    void givesUpOnAProgramTimesATextThatAreTooLarge() throws UnsupportedRegexException {
        assertThat(PhpPattern.compile("/^(a?){600}$/").find("a".repeat(100_000)))
                .isEqualTo(Outcome.GAVE_UP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "abc~its delimiter must not be a letter, a digit or a backslash",
                "/abc~there is no ending delimiter '/'",
                "/a/Q~the mode 'Q'",
                "/(a/~a group is not closed",
                "/a)/~a group is closed that was not opened",
                "/\\2(a)/~there is no group 2",
                "/(?R)/~the mode 'R'",
                "/(?<=a*)b/~what is looked for behind has no fixed length",
                "/a{99999}/~a repetition is out of bounds",
                "/a{50000}/~it is too large"
            })
    void saysWhatItDoesNotUnderstand(String pattern, String message) {
        assertThatThrownBy(() -> PhpPattern.compile(pattern))
                .isInstanceOf(UnsupportedRegexException.class)
                .hasMessage(message);
    }
}
