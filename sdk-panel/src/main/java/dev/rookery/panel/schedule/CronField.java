package dev.rookery.panel.schedule;

import dev.rookery.api.InvalidInputException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** One of the five fields: its name, its bounds, and the names its values may have. */
enum CronField {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY_OF_MONTH("day of month", 1, 31, ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    /** Sunday is 0, and 7, too. */
    DAY_OF_WEEK("day of week", 0, 7, "sun mon tue wed thu fri sat");

    private static final int SUNDAY_AGAIN = 7;

    private final String title;
    private final int min;
    private final int max;
    private final String names;

    CronField(String title, int min, int max, String names) {
        this.title = title;
        this.min = min;
        this.max = max;
        this.names = names;
    }

    /** Reads a field: a list of {@code *}, values and ranges, each with a step where wanted. */
    BitSet parse(String text) {
        var values = new BitSet(max + 1);
        for (var part : text.split(",", -1)) {
            add(part, text, values);
        }
        if (this == DAY_OF_WEEK && values.get(SUNDAY_AGAIN)) {
            values.clear(SUNDAY_AGAIN);
            values.set(0);
        }
        return values;
    }

    private void add(String part, String text, BitSet values) {
        int slash = part.indexOf('/');
        int step = slash < 0 ? 1 : number(part.substring(slash + 1), text, 1, max);
        var range = slash < 0 ? part : part.substring(0, slash);
        int dash = range.indexOf('-');
        int first;
        int last;
        if ("*".equals(range)) {
            first = min;
            last = this == DAY_OF_WEEK ? SUNDAY_AGAIN - 1 : max;
        } else if (dash >= 0) {
            first = value(range.substring(0, dash), text);
            last = value(range.substring(dash + 1), text);
            if (this == DAY_OF_WEEK && last == 0 && first > 0) {
                last = SUNDAY_AGAIN;
            }
        } else {
            first = value(range, text);
            last = slash < 0 ? first : max;
        }
        if (last < first) {
            throw invalid(text, "a range that rises");
        }
        for (int value = first; value <= last; value += step) {
            values.set(value);
        }
    }

    private int value(String value, String text) {
        int named = List.of(names.split(" ")).indexOf(value.toLowerCase(Locale.ROOT));
        return named >= 0 && !value.isEmpty() ? named + min : number(value, text, min, max);
    }

    private int number(String digits, String text, int from, int to) {
        if (digits.isEmpty() || digits.length() > 2 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalid(text, "values from " + from + " to " + to + ", such as *, 5, 1-5, */2 or 1,3");
        }
        int number = Integer.parseInt(digits);
        if (number < from || number > to) {
            throw invalid(text, "values from " + from + " to " + to);
        }
        return number;
    }

    private InvalidInputException invalid(String text, String expected) {
        return new InvalidInputException("cron " + title + ": '" + text + "' (expected: " + expected + ")");
    }
}
