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

/**
 * A value of an egg file and its place, read the way eggs are written: null, {@code ""}, {@code []} and <code>{}</code> are the same
 * empty collection, numbers and truth values are texts where a text is meant, and the other way round. A shape that says nothing is an
 * {@link EggException}.
 *
 * @param value the value; if it is missing, null at the place of what it should be in
 * @param path its place
 * @param warnings takes what is odd
 */
record EggNode(Placed value, String path, Warnings warnings) {

    /** In characters; a number of megabytes would take minutes. */
    private static final int MAX_NUMBER = 100;

    /** A number with a larger exponent is kept as it is written; spelled out it could fill the memory. */
    private static final int MAX_PLAIN_SCALE = 400;

    static String memberPath(String path, String name) {
        return DocumentPath.member(path, name);
    }

    Json json() {
        return value.json();
    }

    EggPlace place() {
        return value.place();
    }

    /** Returns the member of an object; of anything else that is empty, a missing one. */
    EggNode member(String name) {
        requireMap();
        var member = value.members().get(name);
        return new EggNode(
                member != null ? member : Placed.nothing(place()), DocumentPath.member(path, name), warnings);
    }

    /** Returns whether an object has that member, be it null. */
    boolean has(String name) {
        return value.members().containsKey(name);
    }

    boolean absent() {
        return json() instanceof Json.Null;
    }

    /** Returns whether this is one of the spellings of "nothing". */
    boolean empty() {
        return absent()
                || (json() instanceof Json.Text text && text.value().isBlank())
                || (json() instanceof Json.Array array && array.items().isEmpty())
                || (json() instanceof Json.Obj object && object.members().isEmpty());
    }

    Map<String, EggNode> map() {
        requireMap();
        var map = new LinkedHashMap<String, EggNode>();
        value.members()
                .forEach((name, member) ->
                        map.put(name, new EggNode(member, DocumentPath.member(path, name), warnings)));
        return map;
    }

    private void requireMap() {
        if (!(json() instanceof Json.Obj) && !empty()) {
            throw wrongType("an object");
        }
    }

    List<EggNode> list() {
        var list = new ArrayList<EggNode>();
        if (json() instanceof Json.Array) {
            for (var item : value.items()) {
                list.add(new EggNode(item, path + "[" + list.size() + "]", warnings));
            }
        } else if (json() instanceof Json.Obj object && !object.members().isEmpty()) {
            // PHP writes a list with a gap in its numbering as an object.
            warn(EggRule.SHAPE, "is an object where a list is expected; its values are taken");
            list.addAll(map().values());
        } else if (!empty()) {
            throw wrongType("a list");
        }
        return list;
    }

    /** Returns a list of texts; a single text counts as a list of one. */
    List<String> texts() {
        if (json() instanceof Json.Text text && !empty()) {
            warn(EggRule.SHAPE, "is a text where a list is expected");
            return List.of(text.value());
        }
        return list().stream().map(EggNode::text).toList();
    }

    /** Returns a list of texts without the blank ones. */
    List<String> filledTexts() {
        var texts = texts();
        var filled = texts.stream().filter(text -> !text.isBlank()).toList();
        if (filled.size() < texts.size()) {
            warn(EggRule.BLANK_ENTRY, "has blank entries; they are left out");
        }
        return filled;
    }

    /** Returns the text, empty if it is missing. */
    String text() {
        if (json() instanceof Json.Text text) {
            return text.value();
        }
        if (json() instanceof Json.Num number) {
            return value.source().orElseGet(() -> plain(number.value()));
        }
        if (json() instanceof Json.Bool bool) {
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
            var text = text().trim();
            if (text.length() > MAX_NUMBER) {
                throw new NumberFormatException("a text of " + text.length() + " characters");
            }
            return OptionalInt.of(new BigDecimal(text).intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            warn(EggRule.BAD_SORT, Warnings.quote(text()) + " is ignored (expected: a whole number)");
            return OptionalInt.empty();
        }
    }

    /** Returns the members that are not in {@code known}. */
    Map<String, Json> others(Set<String> known) {
        var others = new LinkedHashMap<String, Json>();
        requireMap();
        value.members().forEach((name, member) -> {
            if (!known.contains(name)) {
                others.put(name, member.json());
            }
        });
        return others;
    }

    void warn(EggRule rule, String message) {
        warnings.add(rule, path, place(), message);
    }

    EggException missing(String expected) {
        return new EggException(
                Reason.MISSING_FIELD,
                path,
                place(),
                path + ": missing in what begins at " + place() + " (expected: " + expected + ")",
                null);
    }

    EggException wrongType(String expected) {
        var name = path.isEmpty() ? "egg" : path;
        return new EggException(
                Reason.WRONG_TYPE,
                path,
                place(),
                name + ": " + shown() + " at " + place() + " (expected: " + expected + ")",
                null);
    }

    private String shown() {
        if (json() instanceof Json.Obj) {
            return "an object";
        }
        if (json() instanceof Json.Array) {
            return "a list";
        }
        return absent() ? "null" : Warnings.quote(text());
    }

    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_PLAIN_SCALE ? number.toPlainString() : number.toString();
    }
}
