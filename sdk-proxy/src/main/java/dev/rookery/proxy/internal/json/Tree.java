package dev.rookery.proxy.internal.json;

import dev.rookery.api.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an object of JSON, member by member. Used by one thread. */
public final class Tree {

    private final Map<String, Json> members = new LinkedHashMap<>();

    /** Creates an object without members. */
    public Tree() {}

    /** Creates an object of one member. */
    public static Tree of(String name, String value) {
        return new Tree().put(name, value);
    }

    /** Adds a text. */
    public Tree put(String name, String value) {
        return put(name, new Json.Text(value));
    }

    /** Adds a number. */
    public Tree put(String name, long value) {
        return put(name, new Json.Num(BigDecimal.valueOf(value)));
    }

    /** Adds a truth value. */
    public Tree put(String name, boolean value) {
        return put(name, new Json.Bool(value));
    }

    /** Adds a time as engines take it. */
    public Tree put(String name, Duration value) {
        return put(name, time(value));
    }

    /** Adds an object. */
    public Tree put(String name, Tree value) {
        return put(name, value.json());
    }

    /** Adds texts. */
    public Tree put(String name, Collection<String> values) {
        return put(name, texts(values));
    }

    /** Adds any value. */
    public Tree put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    /** Adds an object unless it is empty. */
    public Tree putSome(String name, Tree value) {
        return value.members.isEmpty() ? this : put(name, value);
    }

    /** Adds objects. */
    public Tree putAll(String name, List<Tree> values) {
        return put(name, array(values));
    }

    /** Adds objects unless there is none. */
    public Tree putSome(String name, List<Tree> values) {
        return values.isEmpty() ? this : putAll(name, values);
    }

    /** Returns whether nothing was added. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** Returns what was added. */
    public Json.Obj json() {
        return new Json.Obj(members);
    }

    /** Returns a list of objects. */
    public static Json array(List<Tree> values) {
        return new Json.Array(values.stream().<Json>map(Tree::json).toList());
    }

    /** Returns a list of texts. */
    public static Json texts(Collection<String> values) {
        return new Json.Array(values.stream().<Json>map(Json.Text::new).toList());
    }

    /** Returns a time as Go's programs take it, exactly. */
    public static String time(Duration time) {
        if (time.toNanos() % 1_000_000_000L == 0) {
            return time.toSeconds() + "s";
        }
        return time.toNanos() % 1_000_000L == 0 ? time.toMillis() + "ms" : time.toNanos() + "ns";
    }

    /**
     * Puts one value into another: members of objects one by one, whatever is no object as a whole.
     *
     * @param patch wins
     */
    public static Json merged(@Nullable Json value, Json patch) {
        if (!(value instanceof Json.Obj present) || !(patch instanceof Json.Obj changes)) {
            return patch;
        }
        var members = new LinkedHashMap<>(present.members());
        changes.members().forEach((name, change) -> members.put(name, merged(members.get(name), change)));
        return new Json.Obj(members);
    }
}
