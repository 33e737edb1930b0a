package dev.rookery.api.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads and writes {@link Json} with Jackson. */
public final class JsonCodec {

    /** Written out, {@code 1e999999999} would fill the memory. */
    private static final int SCALE_MAX = 10_000;

    private JsonCodec() {}

    /** Turns Jackson's tree into ours. */
    public static Json fromTree(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return Json.Null.INSTANCE;
        }
        if (node.isBoolean()) {
            return new Json.Bool(node.booleanValue());
        }
        if (node.isNumber()) {
            return new Json.Num(bounded(node.decimalValue()));
        }
        if (node.isArray()) {
            var items = new ArrayList<Json>();
            node.forEach(item -> items.add(fromTree(item)));
            return new Json.Array(items);
        }
        if (node.isObject()) {
            var members = new LinkedHashMap<String, Json>();
            node.properties().forEach(member -> members.put(member.getKey(), fromTree(member.getValue())));
            return new Json.Obj(members);
        }
        return new Json.Text(node.asText());
    }

    private static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > SCALE_MAX) {
            throw new InvalidInputException("number: exponent beyond " + SCALE_MAX + " (expected: a smaller one)");
        }
        return number;
    }

    /** Reads any value. */
    public static final class Reader extends JsonDeserializer<Json> {
        @Override
        public Json deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return fromTree(context.readTree(parser));
        }

        @Override
        public Json getNullValue(DeserializationContext context) {
            return Json.Null.INSTANCE;
        }
    }

    /** Writes any value. */
    public static final class Writer extends JsonSerializer<Json> {
        @Override
        public void serialize(Json value, JsonGenerator out, SerializerProvider serializers) throws IOException {
            if (value instanceof Json.Obj object) {
                out.writeStartObject();
                for (var member : object.members().entrySet()) {
                    out.writeFieldName(member.getKey());
                    serialize(member.getValue(), out, serializers);
                }
                out.writeEndObject();
            } else if (value instanceof Json.Array array) {
                out.writeStartArray();
                for (var item : array.items()) {
                    serialize(item, out, serializers);
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
    }
}
