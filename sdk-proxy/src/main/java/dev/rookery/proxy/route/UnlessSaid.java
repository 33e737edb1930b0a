package dev.rookery.proxy.route;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;

/** Reads what is so unless a document says otherwise. */
final class UnlessSaid extends JsonDeserializer<Boolean> {

    @Override
    public Boolean deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return context.readValue(parser, Boolean.class);
    }

    @Override
    public Boolean getNullValue(DeserializationContext context) {
        return true;
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return true;
    }
}
