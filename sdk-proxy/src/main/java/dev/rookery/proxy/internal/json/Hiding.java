package dev.rookery.proxy.internal.json;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.store.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of values, and puts them back in. */
public final class Hiding {

    private static final List<String> OWN_NAMES = List.of("id", "name", "user", "username", "type");

    private Hiding() {}

    /** Returns a value in which each secret is {@code [hidden]}. */
    public static Json hide(Json value) {
        return hide("", value);
    }

    /**
     * Returns a value in which each secret is {@code [hidden]}.
     *
     * @param name of the member that it is
     */
    public static Json hide(String name, Json value) {
        if (value instanceof Json.Array list) {
            return new Json.Array(
                    list.items().stream().map(item -> hide(name, item)).toList());
        }
        if (value instanceof Json.Obj object) {
            var members = new LinkedHashMap<String, Json>();
            object.members().forEach((member, inside) -> members.put(member, hide(member, inside)));
            return new Json.Obj(members);
        }
        return SecretNames.secret(name, value) ? Difference.HIDDEN : value;
    }

    /**
     * Puts back in what is hidden.
     *
     * @throws InvalidInputException if nothing is saved in such a place; the message names it
     */
    public static Json restore(Json given, Json saved) {
        return restore("", "", given, saved);
    }

    private static Json restore(String place, String name, Json given, @Nullable Json saved) {
        if (given instanceof Json.Array list) {
            return new Json.Array(items(place, name, list.items(), saved));
        }
        if (given instanceof Json.Obj object) {
            var before = saved instanceof Json.Obj known ? known.members() : Map.<String, Json>of();
            var members = new LinkedHashMap<String, Json>();
            object.members()
                    .forEach((member, inside) ->
                            members.put(member, restore(place + "/" + member, member, inside, before.get(member))));
            return new Json.Obj(members);
        }
        if (!given.equals(Difference.HIDDEN) || !SecretNames.secret(name, given)) {
            return given;
        }
        if (saved instanceof Json.Text || saved instanceof Json.Num) {
            return saved;
        }
        throw new InvalidInputException("at '" + Shown.of(place) + "': "
                + "[hidden], but nothing is saved there that could be kept (expected: a value)");
    }

    private static List<Json> items(String place, String name, List<Json> given, @Nullable Json saved) {
        var before = saved instanceof Json.Array list ? list.items() : List.<Json>of();
        var same = named(given) && named(before) ? byName(given, before) : byPlace(name, given, before);
        var items = new ArrayList<Json>(given.size());
        for (int i = 0; i < given.size(); i++) {
            items.add(restore(place + "/" + i, name, given.get(i), same.get(i)));
        }
        return items;
    }

    private static List<@Nullable Json> byName(List<Json> given, List<Json> before) {
        var known = new HashMap<Optional<String>, Json>();
        before.forEach(item -> known.put(ownName(item), item));
        var same = new ArrayList<@Nullable Json>(given.size());
        given.forEach(item -> same.add(known.get(ownName(item))));
        return same;
    }

    /** In place of an item that was taken out stands the next one: only what came back as it was shown is certain then. */
    private static List<@Nullable Json> byPlace(String name, List<Json> given, List<Json> before) {
        var shown = before.stream().map(item -> hide(name, item)).toList();
        boolean kept = given.size() == before.size();
        var same = new ArrayList<@Nullable Json>(given.size());
        for (int i = 0; i < given.size(); i++) {
            int place = i < shown.size() && shown.get(i).equals(given.get(i)) ? i : shown.indexOf(given.get(i));
            boolean alone = place >= 0 && place == shown.lastIndexOf(given.get(i));
            boolean free = kept && !given.contains(shown.get(i));
            if ((place == i && kept) || (place < 0 && free)) {
                same.add(before.get(i));
            } else {
                same.add(alone ? before.get(place) : null);
            }
        }
        return same;
    }

    /** Returns whether every item has a name of its own. */
    private static boolean named(List<Json> items) {
        var names = new HashSet<String>();
        return items.stream().allMatch(item -> ownName(item).filter(names::add).isPresent());
    }

    private static Optional<String> ownName(Json item) {
        if (!(item instanceof Json.Obj object)) {
            return Optional.empty();
        }
        return OWN_NAMES.stream()
                .flatMap(name -> object.members().get(name) instanceof Json.Text text
                        ? Stream.of(name + ":" + text.value())
                        : Stream.empty())
                .findFirst();
    }
}
