package dev.rookery.api.egg;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rookery.api.panel.ProcessConfiguration.Startup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoneMatcherTest {

    /** The table of eggs §9.6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "Done (~[12:00:01] Done (3.2s)! For help~true",
                "done (~[12:00:01] Done (3.2s)! For help~false",
                "regex:^Listening on .*:\\d+$~Listening on 0.0.0.0:7777~true",
                "regex:^Listening on .*:\\d+$~not Listening on 0.0.0.0:7777~false",
                "regex:(~x regex:( y~true",
                "regex:(~x ( y~false",
                "regex:~x regex: y~true",
                "\"\"~anything~true",
                "\" ready\"~is ready~true",
                "\" ready\"~ready~false"
            })
    void followsTheTable(String done, String line, boolean expected) {
        assertThat(matcher(false, done).matches(line)).isEqualTo(expected);
    }

    @Test
    void anyEntryIsEnoughAndNoneNeverMatches() {
        assertThat(matcher(false, "no", "yes").matches("oh yes")).isTrue();
        assertThat(matcher(false).matches("anything")).isFalse();
    }

    @Test
    void looksBelowColoursOnlyWhenToldTo() {
        var line = "\u001b[32mserver \u001b[0mready";
        assertThat(matcher(true, "server ready").matches(line)).isTrue();
        assertThat(matcher(false, "server ready").matches(line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regex:(a+)+$",
                "regex:(a|a)*b",
                "regex:(.*)(.*)(.*)(.*)(.*)x",
                "regex:((){9999}){9999}",
                "regex:(((a{0,999}){0,999}){0,999})x",
                "regex:(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)x"
            })
    void hostilePatternEndsSoon(String done) {
        var matcher = matcher(false, done);
        assertTimeoutPreemptively(ofSeconds(10), () -> {
            assertThat(matcher.matches("a".repeat(8000) + "!")).isFalse();
            assertThat(matcher.matches("")).isFalse();
        });
    }

    private static DoneMatcher matcher(boolean stripAnsi, String... done) {
        return DoneMatcher.of(new Startup(List.of(done), List.of(), stripAnsi));
    }
}
