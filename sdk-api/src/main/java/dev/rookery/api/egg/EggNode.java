package dev.rookery.api.egg;

import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A value of an egg file and its place, read the way eggs are written: null, {@code ""}, {@code []} and <code>{}</code> are the same
 * empty collection, numbers and truth values are texts where a text is meant, and the other way round. A shape that says nothing is an
 * {@link EggException}.
 *
 * @param json the value; null if it is missing
 * @param path its place
 * @param warnings takes what is odd
 */
record EggNode(Json json, String path, Warnings warnings) {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]+");
    /** A number with a larger exponent is kept as it is written; spelled out it could fill the memory. */
    private static final int MAX_PLAIN_SCALE = 400;

    static String memberPath(String path, String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            return path + "[" + Warnings.quote(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Returns the member of an object; of anything else that is empty, a missing one. */
    EggNode member(String name) {
        var members = map();
        var member = members.get(name);
        return member != null ? member : new EggNode(Json.Null.INSTANCE, memberPath(path, name), warnings);
    }

    boolean absent() {
        return json instanceof Json.Null;
    }

    /** Returns whether this is one of the spellings of "nothing". */
    boolean empty() {
        return absent()
                || (json instanceof Json.Text text && text.value().isBlank())
                || (json instanceof Json.Array array && array.items().isEmpty())
                || (json instanceof Json.Obj object && object.members().isEmpty());
    }

    Map<String, EggNode> map() {
        var map = new LinkedHashMap<String, EggNode>();
        if (json instanceof Json.Obj object) {
            object.members()
                    .forEach((name, value) -> map.put(name, new EggNode(value, memberPath(path, name), warnings)));
        } else if (!empty()) {
            throw wrongType("an object");
        }
        return map;
    }

    List<EggNode> list() {
        var list = new ArrayList<EggNode>();
        if (json instanceof Json.Array array) {
            for (var item : array.items()) {
                list.add(new EggNode(item, path + "[" + list.size() + "]", warnings));
            }
        } else if (json instanceof Json.Obj object && !object.members().isEmpty()) {
            // PHP writes a list with a gap in its numbering as an object.
            warn("is an object where a list is expected; its values are taken");
            list.addAll(map().values());
        } else if (!empty()) {
            throw wrongType("a list");
        }
        return list;
    }

    /** Returns a list of texts; a single text counts as a list of one. */
    List<String> texts() {
        if (json instanceof Json.Text text && !empty()) {
            warn("is a text where a list is expected");
            return List.of(text.value());
        }
        return list().stream().map(EggNode::text).toList();
    }

    /** Returns a list of texts without the blank ones. */
    List<String> filledTexts() {
        return texts().stream().filter(text -> !text.isBlank()).toList();
    }

    /** Returns the text, empty if it is missing. */
    String text() {
        if (json instanceof Json.Text text) {
            return text.value();
        }
        if (json instanceof Json.Num number) {
            return plain(number.value());
        }
        if (json instanceof Json.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (absent()) {
            return "";
        }
        throw wrongType("a text");
    }

    /** Returns the text unless it is missing or blank. */
    Optional<String> filledText() {
        return Optional.of(text()).filter(text -> !text.isBlank());
    }

    boolean truth() {
        return switch (text().trim().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw wrongType("true or false");
        };
    }

    OptionalInt number() {
        if (empty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(new BigDecimal(text().trim()).intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            warn(Warnings.quote(text()) + " is ignored (expected: a whole number)");
            return OptionalInt.empty();
        }
    }

    /** Returns the members that are not in {@code known}. */
    Map<String, Json> others(Set<String> known) {
        var others = new LinkedHashMap<String, Json>();
        map().forEach((name, value) -> {
            if (!known.contains(name)) {
                others.put(name, value.json());
            }
        });
        return others;
    }

    void warn(String message) {
        warnings.add(path, message);
    }

    EggException missing(String expected) {
        return new EggException(Reason.MISSING_FIELD, path, path + ": missing (expected: " + expected + ")", null);
    }

    EggException wrongType(String expected) {
        var place = path.isEmpty() ? "egg" : path;
        return new EggException(
                Reason.WRONG_TYPE, path, place + ": " + shown() + " (expected: " + expected + ")", null);
    }

    private String shown() {
        if (json instanceof Json.Obj) {
            return "an object";
        }
        if (json instanceof Json.Array) {
            return "a list";
        }
        return absent() ? "null" : Warnings.quote(text());
    }

    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_PLAIN_SCALE ? number.toPlainString() : number.toString();
    }
}
