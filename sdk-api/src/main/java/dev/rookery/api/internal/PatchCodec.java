package dev.rookery.api.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.rookery.api.Patch;
import java.io.IOException;

/** Reads and writes {@link Patch} with Jackson. Fields that are left alone count as empty: records of patches leave empty fields out. */
public final class PatchCodec {

    private PatchCodec() {}

    /** Reads a field of any type. */
    public static final class Reader extends JsonDeserializer<Patch<?>> implements ContextualDeserializer {

        private final JavaType type;

        /** Creates a reader whose type is not known yet. */
        public Reader() {
            this(TypeFactory.unknownType());
        }

        private Reader(JavaType type) {
            this.type = type;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return new Reader(context.getContextualType().containedTypeOrUnknown(0));
        }

        @Override
        public Patch<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Patch.of(context.readValue(parser, type));
        }

        @Override
        public Patch<?> getNullValue(DeserializationContext context) {
            return Patch.ofNull();
        }

        @Override
        public Patch<?> getAbsentValue(DeserializationContext context) {
            return Patch.absent();
        }
    }

    /** Writes a field of any type. */
    public static final class Writer extends JsonSerializer<Patch<?>> {

        @Override
        public boolean isEmpty(SerializerProvider serializers, Patch<?> value) {
            return value.isAbsent();
        }

        @Override
        public void serialize(Patch<?> value, JsonGenerator out, SerializerProvider serializers) throws IOException {
            if (value instanceof Patch.Value<?> set) {
                serializers.defaultSerializeValue(set.value(), out);
            } else {
                out.writeNull();
            }
        }
    }
}
