package dev.rookery.testing.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * Where a node of ours answers otherwise than the daemon whose dialect it speaks. It has to: an answer as recorded fails as well, so that
 * none of these outlives its reason.
 *
 * @param id the exchange's
 * @param dialects in which dialects
 * @param why what is better about it
 * @param answer the members of the recorded answer that are others, null for those that are missing; a list of frames is meant whole
 */
record WireDeviation(
        @JsonProperty("id") String id,
        @JsonProperty("dialects") List<String> dialects,
        @JsonProperty("why") String why,
        @JsonProperty("answer") Json answer) {

    /** Returns all of them. */
    static List<WireDeviation> all() {
        return Arrays.asList(WireJson.read(WireFacts.resource("ours.json"), WireDeviation[].class));
    }

    /** Returns whether it is about an exchange in a dialect. */
    boolean concerns(String exchange, Dialect dialect) {
        return id.equals(exchange) && dialects.contains(dialect.wireName());
    }

    /** Returns our answer in place of a recorded one. */
    Json instead(Json recorded) {
        return merged(recorded, answer);
    }

    private static Json merged(Json recorded, Json change) {
        if (!(recorded instanceof Json.Obj before) || !(change instanceof Json.Obj after)) {
            return change;
        }
        var members = new LinkedHashMap<>(before.members());
        after.members().forEach((name, value) -> {
            var old = members.get(name);
            if (value == Json.Null.INSTANCE) {
                members.remove(name);
            } else {
                members.put(name, old == null ? value : merged(old, value));
            }
        });
        // Status, headers and body are told in that order, what is in them by name.
        return new Json.Obj(before.members().containsKey("status") ? members : new TreeMap<>(members));
    }
}
