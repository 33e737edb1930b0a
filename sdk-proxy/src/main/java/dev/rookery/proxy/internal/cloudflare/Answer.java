package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks into an answer of somebody else, who may leave out or add whatever they like.
 *
 * @param members of the object that is looked at
 */
public record Answer(Map<String, Json> members) {

    /** Looks at a value; one that is no object has no members. */
    public static Answer of(Json value) {
        return new Answer(value instanceof Json.Obj object ? object.members() : Map.of());
    }

    /** Returns a text, or a number as one; empty if there is none. */
    public Optional<String> text(String name) {
        var value = members.get(name);
        if (value instanceof Json.Num number) {
            return Optional.of(number.value().toPlainString());
        }
        return value instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** Returns a text, empty if there is none. */
    public String textOr(String name, String other) {
        return text(name).orElse(other);
    }

    /** Returns whether a member is true. */
    public boolean is(String name) {
        return members.get(name) instanceof Json.Bool bool && bool.value();
    }

    /** Returns a whole number; empty if there is none that fits. */
    public OptionalLong number(String name) {
        if (members.get(name) instanceof Json.Num number
                && number.value().abs().precision() - number.value().scale() <= 18) {
            return OptionalLong.of(number.value().longValue());
        }
        return OptionalLong.empty();
    }

    /** Returns the object below. */
    public Answer at(String name) {
        return of(members.getOrDefault(name, Json.Null.INSTANCE));
    }

    /** Returns the items of a list. */
    public List<Json> items(String name) {
        return members.get(name) instanceof Json.Array array ? array.items() : List.of();
    }

    /** Returns the objects of a list. */
    public List<Answer> all(String name) {
        return items(name).stream().map(Answer::of).toList();
    }
}
