package dev.rookery.proxy.internal.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "^/v[0-9]+/; /v2/x; true",
                "^/v[0-9]+/; /vx/x; false",
                "\\.(?:png|jpe?g)$; /a.jpg; true",
                "^/a{2,3}$; /aaa; true",
                "^/[^/]+/edit$; /x/edit; true",
                "^/a*?b; /aab; true",
                "^/\\d+\\s?$; /12; true"
            })
    void readsWhatAllEnginesUnderstand(String expression, String path, boolean found) {
        assertThat(PathPattern.parse(expression).matcher(path).find()).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(?=a)",
                "(?!a)",
                "(?<=a)",
                "(?<!a)",
                "(?>a)",
                "(?i)a",
                "(?<n>a)",
                "(a)\\1",
                "\\k<n>",
                "a*+",
                "a++",
                "a?+",
                "a{2}+",
                "\\p{L}",
                "\\Qa\\E",
                "\\Z",
                "\\G",
                "\\x41",
                "\\u0041",
                "[a&&b]",
                "[[:alpha:]]",
                "[]a]",
                "[^]a]",
                "a{1001}",
                "a{x}",
                "{env.HOME}",
                "(",
                ")",
                "[",
                "a\\",
                "ä",
                "a b",
                "a\"b",
                "a\nb",
                "[\\b]",
                "a***"
            })
    void refusesWhatOnlySomeUnderstand(String expression) {
        assertThatThrownBy(() -> PathPattern.parse(expression)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "(a+)+$, true",
        "(a*b?)*, true",
        "^/((?:x|y+)z)*$, true",
        "(\\d+){2;}, true",
        "(a+){2}, false",
        "^/v[0-9]+/[^/]+$, false",
        "(\\+)+, false",
        "([+*])+, false",
        "(a|b)+, false"
    })
    void seesWhatIsRepeatedTwice(String expression, boolean slow) {
        assertThat(PathPattern.slow(expression.replace(';', ','))).isEqualTo(slow);
    }
}
