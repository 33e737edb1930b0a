package dev.rookery.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.rookery.api.internal.JsonCodec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value that is carried without being understood. Immutable; members keep their order. */
@JsonSerialize(using = JsonCodec.Writer.class)
@JsonDeserialize(using = JsonCodec.Reader.class)
public sealed interface Json {

    /** The value {@code null}. */
    enum Null implements Json {
        /** The only instance. */
        INSTANCE
    }

    /**
     * A truth value.
     *
     * @param value which one
     */
    record Bool(boolean value) implements Json {}

    /**
     * A number, exactly as written.
     *
     * @param value the number
     */
    record Num(BigDecimal value) implements Json {}

    /**
     * A text.
     *
     * @param value the text
     */
    record Text(String value) implements Json {}

    /**
     * A list.
     *
     * @param items its items
     */
    record Array(List<Json> items) implements Json {
        /** Copies the list. */
        public Array {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }
    }

    /**
     * An object.
     *
     * @param members its members, in order
     */
    record Obj(Map<String, Json> members) implements Json {
        /** Copies the map. */
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }
}
