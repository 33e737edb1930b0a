package dev.rookery.api.internal.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LeftmostSearchTest {

    private static final String[] TOKENS = {
        "a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\b", "^", "$", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "+?",
        "??", "(", "(?:", ")", "|"
    };

    /** Where both engines know an expression they agree on the place and, unless a turn of a loop takes nothing, on the groups. */
    @Test
    void findsWhatJavaFindsWhereJavaFindsIt() throws UnsupportedRegexException {
        var random = new Random(20261121);
        int compared = 0;
        for (int i = 0; i < 40_000; i++) {
            var regex = random(random, TOKENS, 1 + random.nextInt(9));
            var text = random(random, new String[] {"a", "b", "c", " "}, random.nextInt(9));
            if (compared(regex, text)) {
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(8000);
    }

    private static boolean compared(String regex, String text) {
        LeftmostSearch search;
        try {
            search = LeftmostSearch.go(regex);
        } catch (UnsupportedRegexException ignored) {
            // Most random texts are no expressions.
            return false;
        }
        var matcher = Pattern.compile(regex).matcher(text);
        var matches = search.in(text, 100_000);
        var expected = matcher.find() ? matcher.start() + "-" + matcher.end() : "";
        var found = matches.find(0) == Outcome.FOUND ? matches.start(0) + "-" + matches.end(0) : "";
        assertThat(found).as("/%s/ in '%s'", regex, text).isEqualTo(expected);
        boolean simple = regex.indexOf('*') < 0 && !regex.contains("?") && regex.indexOf('|') < 0;
        for (int group = 1; simple && !found.isEmpty() && group <= search.groups(); group++) {
            assertThat(matches.start(group)).as("/%s/ in '%s'", regex, text).isEqualTo(matcher.start(group));
            assertThat(matches.end(group)).as("/%s/ in '%s'", regex, text).isEqualTo(matcher.end(group));
        }
        return true;
    }

    @Test
    void eachPlaceIsTriedOnce() throws UnsupportedRegexException {
        var search = LeftmostSearch.go("^(?:(?:a|aa)*)*$|(a*)*c");
        var text = "a".repeat(4000) + "b";

        assertThat(search.in(text, 1_000_000).find(0)).isEqualTo(Outcome.NOT_FOUND);
        assertThat(search.in(text, 1000).find(0)).isEqualTo(Outcome.GAVE_UP);
    }

    private static String random(Random random, String[] parts, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
