package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a document, and where it stands.
 *
 * @param json the value
 * @param place where it begins
 * @param source how a number is written, where that differs from its value
 * @param members those of an object
 * @param items those of a list
 */
record Placed(Json json, EggPlace place, Optional<String> source, Map<String, Placed> members, List<Placed> items) {

    static Placed scalar(Json json, EggPlace place) {
        return new Placed(json, place, Optional.empty(), Map.of(), List.of());
    }

    static Placed number(Json.Num number, String source, EggPlace place) {
        return new Placed(number, place, Optional.of(source), Map.of(), List.of());
    }

    static Placed nothing(EggPlace place) {
        return scalar(Json.Null.INSTANCE, place);
    }

    static Placed object(Map<String, Placed> members, EggPlace place) {
        var json = new LinkedHashMap<String, Json>();
        members.forEach((name, member) -> json.put(name, member.json()));
        return new Placed(new Json.Obj(json), place, Optional.empty(), Collections.unmodifiableMap(members), List.of());
    }

    static Placed array(List<Placed> items, EggPlace place) {
        var json = items.stream().map(Placed::json).toList();
        return new Placed(new Json.Array(json), place, Optional.empty(), Map.of(), Collections.unmodifiableList(items));
    }
}
