package dev.rookery.api.egg.rule;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What PHP makes of texts. */
final class PhpText {

    private static final String TRIMMED = " \n\r\t\u000b\0";
    private static final Pattern NUMERIC = Pattern.compile(
            "[ \\t\\n\\r\\x0B\\f]*+[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?[ \\t\\n\\r\\x0B\\f]*+");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE]([+-]?[0-9]++))?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?(?:0|[1-9][0-9]*+)");
    /** In characters: to take a number apart takes the square of its length. */
    private static final int MAX_NUMBER = 1000;

    private static final int MAX_EXPONENT = 1000;

    private PhpText() {}

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && TRIMMED.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && TRIMMED.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean blank(String text) {
        return trim(text).isEmpty();
    }

    /** Whether the text is a number to {@code is_numeric}. */
    static boolean numeric(String text) {
        return NUMERIC.matcher(text).matches();
    }

    /** Returns the number that a text is, blanks around it left out; empty if it is none, longer than any sensible one, or its exponent is beyond Laravel's bound. */
    static Optional<BigDecimal> number(String text) {
        var trimmed = trim(text);
        var matcher = NUMBER.matcher(trimmed);
        if (trimmed.length() > MAX_NUMBER || !matcher.matches() || tooLarge(matcher.group(1))) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(trimmed));
    }

    private static boolean tooLarge(@org.jspecify.annotations.Nullable String exponent) {
        if (exponent == null) {
            return false;
        }
        var digits = exponent.replaceFirst("^[+-]?0*", "");
        return digits.length() > 4 || (!digits.isEmpty() && Integer.parseInt(digits) > MAX_EXPONENT);
    }

    /** Whether the text is an integer to {@code FILTER_VALIDATE_INT}: of 64 bits, without leading zeros. */
    static boolean integer(String text) {
        // Unlike trim, the filter keeps the character NUL.
        var trimmed = text.indexOf(0) < 0 ? trim(text) : text;
        if (!INTEGER.matcher(trimmed).matches() || trimmed.length() > 20) {
            return false;
        }
        try {
            Long.parseLong(trimmed);
            return true;
        } catch (NumberFormatException ignored) {
            // More than 64 bits.
            return false;
        }
    }

    static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether two texts are the same to the operator {@code ==}: numbers by their value. */
    static boolean looselyEqual(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (!numeric(one) || !numeric(other)) {
            return false;
        }
        var oneNumber = one.strip();
        var otherNumber = other.strip();
        if (whole(oneNumber) && whole(otherNumber)) {
            return new BigDecimal(oneNumber).compareTo(new BigDecimal(otherNumber)) == 0;
        }
        return Double.parseDouble(oneNumber) == Double.parseDouble(otherNumber);
    }

    private static boolean whole(String number) {
        return number.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    }
}
