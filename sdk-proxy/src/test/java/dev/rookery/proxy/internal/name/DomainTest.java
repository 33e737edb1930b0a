package dev.rookery.proxy.internal.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {

    @ParameterizedTest
    @CsvSource({
        "App.Example.NET, app.example.net",
        "app.example.net., app.example.net",
        "*.Example.net, *.example.net",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "xn--strae-oqa.de, xn--strae-oqa.de"
    })
    void hasOneFormForAllSpellings(String given, String name) {
        assertThat(Domain.parse(given)).hasToString(name);
    }

    /** With a dot in the end, a name goes the long way. */
    @Test
    void aPlainNameIsReadLikeAnyOther() {
        var random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            var name = random.ints(1 + random.nextInt(8), 0, 7)
                    .mapToObj(letter -> "ab1-..z".substring(letter, letter + 1))
                    .collect(Collectors.joining());
            var plain = name + (random.nextInt(20) == 0 ? "a".repeat(60) : "") + "m";

            assertThat(read(plain)).as(plain).isEqualTo(read(plain + "."));
        }
    }

    private static String read(String name) {
        try {
            return Domain.parse(name).toString();
        } catch (InvalidInputException e) {
            return "refused";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"straße.de", "οδός.example", "a\u200db.example", "a\u200cb.example"})
    void wantsTheFormInAsciiWhereProgramsDiffer(String given) {
        assertThatThrownBy(() -> Domain.parse(given))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("xn-- form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "*",
                "*.",
                "*.net",
                "*.*.example.net",
                "a.*.example.net",
                "*a.example.net",
                "a..b",
                "-a.example",
                "a-.example",
                "a_b.example",
                "a b.example",
                "a.example:80",
                "http://a.example",
                "a.example/x",
                "user@a.example",
                "{env.HOME}.example",
                "a\n.example",
                "a\0.example",
                "127.0.0.1",
                "::1",
                "[::1]",
                "10.1",
                "a,b.example",
                "$host.example",
                "a;}.example"
            })
    void refusesWhatIsNoName(String given) {
        assertThatThrownBy(() -> Domain.parse(given))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        var label = "a".repeat(63);
        var longest = String.join(".", label, label, label, "b".repeat(61));

        assertThat(Domain.parse(longest).toString()).hasSize(253);
        assertThatThrownBy(() -> Domain.parse(longest + "b")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Domain.parse("a".repeat(64) + ".example")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Domain.parse("a".repeat(1 << 16)))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void showsNothingThatMovesTheCursor() {
        assertThatThrownBy(() -> Domain.parse("\u202eten.elpmaxe\u001b[2J"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\\u202eten.elpmaxe\\u001b[2J");
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.net, a.example.net, true",
        "*.example.net, a.b.example.net, false",
        "*.example.net, example.net, false",
        "*.example.net, *.example.net, true",
        "*.example.net, *.a.example.net, false",
        "a.example.net, a.example.net, true",
        "a.example.net, b.example.net, false",
        "*.example.net, aexample.net, false"
    })
    void standsForExactlyOneLabel(String wildcard, String name, boolean covered) {
        assertThat(Domain.parse(wildcard).covers(Domain.parse(name))).isEqualTo(covered);
    }
}
