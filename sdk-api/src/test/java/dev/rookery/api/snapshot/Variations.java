package dev.rookery.api.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Changes of a document, one member at a time: what other peers, other versions and other languages make of the same payload. */
final class Variations {

    private Variations() {}

    /**
     * A changed document.
     *
     * @param place the member that was changed, parts joined by dots, items of lists without their number
     * @param document the document
     */
    record Variation(String place, JsonNode document) {
        @Override
        public String toString() {
            return place;
        }
    }

    /** Returns the document without each of its members. */
    static List<Variation> absent(JsonNode document) {
        return each(document, ObjectNode::remove);
    }

    /** Returns the document with null for each of its members. */
    static List<Variation> nulls(JsonNode document) {
        return each(document, ObjectNode::putNull);
    }

    /** Returns the document with a member that nobody knows in every object. */
    static JsonNode unknown(JsonNode document) {
        var copy = document.deepCopy();
        objects(copy, "", (place, object) -> object.putObject("not_known_yet").put("x", 1));
        return copy;
    }

    /** Returns the document with every number as text. */
    static JsonNode numbersAsTexts(JsonNode document) {
        return leaves(document, leaf -> leaf.isNumber() ? TextNode.valueOf(leaf.asText()) : leaf);
    }

    /** Returns the document with every truth value as a number. */
    static JsonNode truthsAsNumbers(JsonNode document) {
        return leaves(document, leaf -> leaf.isBoolean() ? IntNode.valueOf(leaf.booleanValue() ? 1 : 0) : leaf);
    }

    /** Returns the document with every truth value as a text, and as a digit in a text. */
    static List<JsonNode> truthsAsTexts(JsonNode document) {
        return List.of(
                leaves(document, leaf -> leaf instanceof BooleanNode ? TextNode.valueOf(leaf.asText()) : leaf),
                leaves(document, leaf -> leaf.isBoolean() ? TextNode.valueOf(leaf.booleanValue() ? "1" : "0") : leaf));
    }

    /** Returns the document with an empty list for each of its objects, as PHP writes an object without members. */
    static List<Variation> emptyLists(JsonNode document) {
        var all = new ArrayList<Variation>();
        for (var variation : each(document, (object, name) -> {
            if (object.get(name).isObject()) {
                object.putArray(name);
            }
        })) {
            if (!variation.document().equals(document)) {
                all.add(variation);
            }
        }
        return all;
    }

    private static List<Variation> each(JsonNode document, BiConsumer<ObjectNode, String> change) {
        var places = new ArrayList<String>();
        objects(
                document,
                "",
                (place, object) -> object.fieldNames().forEachRemaining(name -> places.add(place + name)));
        return places.stream()
                .distinct()
                .map(changed -> {
                    var copy = document.deepCopy();
                    objects(copy, "", (place, object) -> {
                        if (changed.startsWith(place) && object.has(changed.substring(place.length()))) {
                            change.accept(object, changed.substring(place.length()));
                        }
                    });
                    return new Variation(changed, copy);
                })
                .toList();
    }

    private static void objects(JsonNode node, String place, BiConsumer<String, ObjectNode> seen) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> objects(member.getValue(), place + member.getKey() + ".", seen));
            seen.accept(place, object);
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> objects(item, place, seen));
        }
    }

    private static JsonNode leaves(JsonNode node, UnaryOperator<JsonNode> change) {
        if (node instanceof ObjectNode object) {
            var copy = object.objectNode();
            object.properties().forEach(member -> copy.set(member.getKey(), leaves(member.getValue(), change)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = array.arrayNode();
            array.forEach(item -> copy.add(leaves(item, change)));
            return copy;
        }
        return change.apply(node);
    }
}
