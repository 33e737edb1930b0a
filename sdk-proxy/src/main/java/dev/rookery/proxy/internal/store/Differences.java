package dev.rookery.proxy.internal.store;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Hiding;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what two documents differ in. Items of lists that have ids or names of their own are compared by these, all others by their places. */
public final class Differences {

    /** What a plugin calls its secrets is not known here. */
    private static final String OPAQUE = "/settings/security";

    /** The names in a place without those of items of lists, which are numbers unless items have names of their own. */
    private static final Pattern ITEM = Pattern.compile("(?:/[0-9]+)+$");

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /** Returns what became of one document. */
    public static List<Difference> between(ProxyDocument before, ProxyDocument after) {
        if (before.equals(after)) {
            return List.of();
        }
        var differences = new Differences();
        var old = ids(before.routes());
        var now = ids(after.routes());
        boolean named = old.isPresent() && now.isPresent();
        differences.compare(
                "",
                ProxyJson.tree(named ? without(before, now.get()) : before),
                ProxyJson.tree(named ? without(after, old.get()) : after));
        return List.copyOf(differences.found);
    }

    /** Leaves out what is the same in both: most of it, as a rule. */
    private static ProxyDocument without(ProxyDocument document, Map<String, HttpRoute> others) {
        var routes = document.routes().stream()
                .filter(route -> !route.equals(others.get(route.id())))
                .toList();
        return ProxyDocument.builder().from(document).routes(routes).build();
    }

    /** Returns routes by their ids; empty if these are not their own. */
    private static Optional<Map<String, HttpRoute>> ids(List<HttpRoute> routes) {
        var ids = new HashMap<String, HttpRoute>();
        routes.forEach(route -> ids.put(route.id(), route));
        return ids.size() == routes.size() ? Optional.of(ids) : Optional.empty();
    }

    private void compare(String place, @Nullable Json before, @Nullable Json after) {
        if (before == null && after != null && named(after)) {
            inside(place, Map.of(), members(after, after));
        } else if (after == null && before != null && named(before)) {
            inside(place, members(before, before), Map.of());
        } else if (before == null || after == null || !sameKind(before, after)) {
            add(place, before, after);
        } else if (!before.equals(after)) {
            inside(place, members(before, after), members(after, before));
        }
    }

    private static boolean sameKind(Json before, Json after) {
        return before.equals(after)
                || (before instanceof Json.Obj && after instanceof Json.Obj)
                || (before instanceof Json.Array && after instanceof Json.Array);
    }

    private void inside(String place, Map<String, Json> before, Map<String, Json> after) {
        var names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            var below = place + "/" + name.replace("~", "~0").replace("/", "~1");
            compare(below, before.get(name), after.get(name));
        }
    }

    private void add(String place, @Nullable Json before, @Nullable Json after) {
        found.add(new Difference(place, shown(place, before), shown(place, after)));
    }

    private static Optional<Json> shown(String place, @Nullable Json value) {
        if (value == null) {
            return Optional.empty();
        }
        if (place.startsWith(OPAQUE)) {
            return Optional.of(Difference.HIDDEN);
        }
        var member = ITEM.matcher(place).replaceFirst("");
        return Optional.of(Hiding.hide(member.substring(member.lastIndexOf('/') + 1), value));
    }

    /** Returns the members of an object, or the items of a list under their names. */
    private static Map<String, Json> members(Json value, Json other) {
        if (value instanceof Json.Obj object) {
            return object.members();
        }
        var items = ((Json.Array) value).items();
        boolean named = named(items) && named(((Json.Array) other).items());
        var members = new LinkedHashMap<String, Json>();
        for (int i = 0; i < items.size(); i++) {
            members.put(named ? text(items.get(i)).orElseThrow() : String.valueOf(i), items.get(i));
        }
        return members;
    }

    /** Returns whether something is a list of items that have names of their own; one that is empty is not written. */
    private static boolean named(Json value) {
        return value instanceof Json.Array array && named(array.items());
    }

    /** Returns whether every item has a name of its own. */
    private static boolean named(List<Json> items) {
        var names = new HashSet<String>();
        return items.stream().allMatch(item -> text(item).filter(names::add).isPresent());
    }

    private static Optional<String> text(Json item) {
        if (!(item instanceof Json.Obj object)) {
            return Optional.empty();
        }
        var id = object.members().get("id");
        var name = id == null ? object.members().get("name") : id;
        return name instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty();
    }
}
