package dev.rookery.api.config;

import dev.rookery.api.Json;
import dev.rookery.api.config.ConfigurationKey.ValueType;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Brings values into one form per type, tolerant of how files and panels write them. */
final class KeyValue {

    /** Longer numbers are nonsense, and slow to read. */
    private static final int MAX_DIGITS = 40;

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on", "y");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "n");
    private static final Pattern ABSOLUTE = Pattern.compile("(?:/|[A-Za-z]:[\\\\/])[^\\x00]*");

    private KeyValue() {}

    /** Thrown when a value is not what a key takes. */
    static final class Mismatch extends Exception {

        private static final long serialVersionUID = 1L;

        /** Creates the exception with what was found, for the message; never a secret. */
        Mismatch(String found) {
            super(found);
        }

        /** Returns what was found. */
        String found() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Returns a value in the form of its type: a truth value, a number without needless zeros, a text, a list or an object.
     *
     * @return empty if the value means that there is none
     */
    static Optional<Json> normal(ConfigurationKey key, Json raw) throws Mismatch {
        if (raw == Json.Null.INSTANCE || blank(key, raw)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (key.type()) {
                    case BOOLEAN -> bool(raw);
                    case INTEGER, SECONDS, MILLISECONDS, MEBIBYTES, MEBIBYTES_PER_SECOND, PERCENT, BYTES ->
                        whole(key, raw);
                    case DECIMAL -> decimal(key, raw);
                    case TEXT -> new Json.Text(text(raw));
                    case PATH -> path(raw);
                    case URL -> url(raw);
                    case CHOICE -> choice(key, raw);
                    case TEXTS -> texts(raw);
                    case TEXT_MAP -> map(raw);
                    case FACTORS -> factors(raw);
                    case REGISTRIES -> registries(raw);
                });
    }

    /** Returns what a value is, in words. */
    static String kind(Json value) {
        if (value instanceof Json.Obj) {
            return "keys with values";
        }
        if (value instanceof Json.Array) {
            return "a list";
        }
        return value == Json.Null.INSTANCE ? "nothing" : "a single value";
    }

    /** An empty text where only something else makes sense stands for nothing: Wings writes {@code timezone: ""}. */
    private static boolean blank(ConfigurationKey key, Json raw) {
        boolean optional = key.type() == ValueType.PATH
                || key.type() == ValueType.URL
                || key.defaults().isEmpty();
        return optional && raw instanceof Json.Text text && text.value().isBlank();
    }

    private static Json bool(Json raw) throws Mismatch {
        if (raw instanceof Json.Bool) {
            return raw;
        }
        var text = text(raw);
        var lower = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(lower) || FALSE.contains(lower)) {
            return new Json.Bool(TRUE.contains(lower));
        }
        throw new Mismatch(text);
    }

    private static Json whole(ConfigurationKey key, Json raw) throws Mismatch {
        var text = text(raw);
        var number = number(text);
        try {
            long whole = number.longValueExact();
            if (whole >= key.min() && whole <= key.max()) {
                return new Json.Num(BigDecimal.valueOf(whole));
            }
        } catch (ArithmeticException ignored) {
            // Reported below, like a number out of range.
        }
        throw new Mismatch(text);
    }

    private static Json decimal(ConfigurationKey key, Json raw) throws Mismatch {
        var text = text(raw);
        var number = number(text);
        if (number.compareTo(BigDecimal.valueOf(key.min())) < 0) {
            throw new Mismatch(text);
        }
        return new Json.Num(plain(number));
    }

    private static BigDecimal number(String text) throws Mismatch {
        try {
            if (text.length() <= MAX_DIGITS) {
                var number = new BigDecimal(text.replace("_", "").strip());
                if (Math.abs((long) number.scale()) <= MAX_DIGITS) {
                    return number;
                }
            }
        } catch (NumberFormatException ignored) {
            // Reported below, like a number that is too long.
        }
        throw new Mismatch(text.length() <= MAX_DIGITS ? text : text.length() + " characters");
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Json path(Json raw) throws Mismatch {
        var text = text(raw);
        if (!ABSOLUTE.matcher(text).matches()) {
            throw new Mismatch(text);
        }
        return new Json.Text(text);
    }

    private static Json url(Json raw) throws Mismatch {
        var text = text(raw);
        try {
            var uri = new URI(text);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return new Json.Text(text);
            }
        } catch (URISyntaxException ignored) {
            // Reported below, like a URL of another kind.
        }
        // Not repeated: it may hold a password.
        throw new Mismatch("not a URL that can be used");
    }

    private static Json choice(ConfigurationKey key, Json raw) throws Mismatch {
        var text = text(raw);
        if (!key.choices().contains(text)) {
            throw new Mismatch(text);
        }
        return new Json.Text(text);
    }

    private static Json texts(Json raw) throws Mismatch {
        if (!(raw instanceof Json.Array array)) {
            throw new Mismatch(kind(raw));
        }
        var items = new ArrayList<Json>();
        for (var item : array.items()) {
            items.add(new Json.Text(text(item)));
        }
        return new Json.Array(items);
    }

    private static Json map(Json raw) throws Mismatch {
        var map = new LinkedHashMap<String, Json>();
        for (var member : members(raw).entrySet()) {
            map.put(member.getKey(), new Json.Text(text(member.getValue())));
        }
        return new Json.Obj(map);
    }

    private static Json factors(Json raw) throws Mismatch {
        var factors = new LinkedHashMap<String, Json>();
        for (var member : members(raw).entrySet()) {
            var text = text(member.getValue());
            try {
                long memory = number(member.getKey()).longValueExact();
                var factor = number(text);
                if (memory >= 0 && factor.signum() > 0) {
                    factors.put(Long.toString(memory), new Json.Num(plain(factor)));
                    continue;
                }
            } catch (Mismatch | ArithmeticException ignored) {
                // Reported below, like numbers out of range.
            }
            throw new Mismatch(member.getKey() + ": " + text);
        }
        return new Json.Obj(factors);
    }

    private static Json registries(Json raw) throws Mismatch {
        var registries = new LinkedHashMap<String, Json>();
        for (var member : members(raw).entrySet()) {
            var given = members(member.getValue());
            var registry = new LinkedHashMap<String, Json>();
            for (var field : List.of("username", "password")) {
                registry.put(field, new Json.Text(text(given.getOrDefault(field, new Json.Text("")))));
            }
            registries.put(member.getKey(), new Json.Obj(registry));
        }
        return new Json.Obj(registries);
    }

    /** Panels written in PHP send an empty map as {@code []}. */
    private static Map<String, Json> members(Json raw) throws Mismatch {
        if (raw instanceof Json.Array array && array.items().isEmpty()) {
            return Map.of();
        }
        if (raw instanceof Json.Obj object) {
            return object.members();
        }
        throw new Mismatch(kind(raw));
    }

    private static String text(Json raw) throws Mismatch {
        if (raw instanceof Json.Text text) {
            return text.value();
        }
        if (raw instanceof Json.Num number) {
            return number.value().toString();
        }
        if (raw instanceof Json.Bool bool) {
            return Boolean.toString(bool.value());
        }
        throw new Mismatch(kind(raw));
    }
}
