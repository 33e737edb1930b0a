package dev.rookery.api.egg.rule;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private static boolean tooLarge(@Nullable String exponent) {
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

    /** Returns what is the same as a text to the operator {@code ==}: numbers by their value. The text is looked at once. */
    static Predicate<String> looselyEqual(String text) {
        if (!numeric(text)) {
            return text::equals;
        }
        var digits = whole(text.strip());
        double number = Double.parseDouble(text.strip());
        return other -> {
            if (other.equals(text) || !numeric(other)) {
                return other.equals(text);
            }
            var otherDigits = digits.isEmpty() ? Optional.<String>empty() : whole(other.strip());
            return otherDigits.isPresent() ? otherDigits.equals(digits) : Double.parseDouble(other.strip()) == number;
        };
    }

    /** Returns the digits of a whole number in one form, so that they need not be taken apart; empty if it is none. */
    private static Optional<String> whole(String number) {
        int start = number.startsWith("+") || number.startsWith("-") ? 1 : 0;
        while (start < number.length() - 1 && number.charAt(start) == '0') {
            start++;
        }
        var digits = number.substring(start);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(number.startsWith("-") && !digits.equals("0") ? "-" + digits : digits);
    }
}
