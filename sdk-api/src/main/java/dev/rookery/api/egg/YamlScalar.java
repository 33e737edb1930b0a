package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plain scalar of YAML means to the panels: the core schema of 1.2, but a number with leading zeros is a text. The words of 1.1
 * ({@code yes}, {@code off}, {@code 12:30}) are texts.
 */
final class YamlScalar {

    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?(?:0|[1-9][0-9_]{0,400})");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(?:\\.[0-9]{1,400}|(?:0|[1-9][0-9]{0,400})(?:\\.[0-9]{0,400})?)(?:[eE][-+]?[0-9]{1,6})?");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,400}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,400}");
    private static final int OCTAL_BASE = 8;
    private static final int HEXADECIMAL_BASE = 16;

    private YamlScalar() {}

    static Json resolve(String text) {
        if (NULL.contains(text)) {
            return Json.Null.INSTANCE;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return new Json.Bool(TRUE.contains(text));
        }
        if (!mayBeNumber(text.charAt(0))) {
            return new Json.Text(text);
        }
        if (INTEGER.matcher(text).matches() || FLOAT.matcher(text).matches()) {
            return new Json.Num(new BigDecimal(text.replace("_", "")));
        }
        if (OCTAL.matcher(text).matches()) {
            return new Json.Num(new BigDecimal(new BigInteger(text.substring(2), OCTAL_BASE)));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return new Json.Num(new BigDecimal(new BigInteger(text.substring(2), HEXADECIMAL_BASE)));
        }
        return new Json.Text(text);
    }

    private static boolean mayBeNumber(char first) {
        return first == '-' || first == '+' || first == '.' || (first >= '0' && first <= '9');
    }
}
