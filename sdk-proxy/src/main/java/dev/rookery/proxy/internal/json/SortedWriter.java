package dev.rookery.proxy.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rookery.api.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes values of JSON with the members of objects in order of their names. Without state. It sorts as it goes: to sort a copy first and have it written as
 * it is would take half as long again with ten thousand routes.
 */
final class SortedWriter {

    private SortedWriter() {}

    static void write(Json value, JsonGenerator out) throws IOException {
        if (value instanceof Json.Obj object) {
            members(object.members(), out);
        } else if (value instanceof Json.Array array) {
            out.writeStartArray();
            for (var item : array.items()) {
                write(item, out);
            }
            out.writeEndArray();
        } else if (value instanceof Json.Text text) {
            out.writeString(text.value());
        } else if (value instanceof Json.Num number) {
            out.writeNumber(number.value());
        } else if (value instanceof Json.Bool bool) {
            out.writeBoolean(bool.value());
        } else {
            out.writeNull();
        }
    }

    private static void members(Map<String, Json> members, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (var member : (sorted(members) ? members : new TreeMap<>(members)).entrySet()) {
            out.writeFieldName(member.getKey());
            write(member.getValue(), out);
        }
        out.writeEndObject();
    }

    /** What was read again is in order already. */
    private static boolean sorted(Map<String, Json> members) {
        var last = "";
        for (var name : members.keySet()) {
            if (last.compareTo(name) > 0) {
                return false;
            }
            last = name;
        }
        return true;
    }
}
