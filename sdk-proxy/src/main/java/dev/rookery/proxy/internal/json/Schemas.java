package dev.rookery.proxy.internal.json;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.ProxyDocument;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the form a document has. Older ones are brought up to date one version after the other when they are read; what is kept stays as it
 * is until somebody changes it.
 */
public final class Schemas {

    private Schemas() {}

    /** Returns whether a newer version of this program wrote it. */
    public static boolean newer(Json json) {
        return json instanceof Json.Obj object
                && object.members().get("schema") instanceof Json.Num schema
                && schema.value().compareTo(BigDecimal.valueOf(ProxyDocument.SCHEMA)) > 0;
    }

    /**
     * Reads a document of any version up to the present one.
     *
     * @throws InvalidInputException if it is none; the message names the place, what was given and what is expected
     */
    public static ProxyDocument read(Json json) {
        if (!(json instanceof Json.Obj object)) {
            throw new InvalidInputException("at '': no object (expected: a document)");
        }
        if (newer(json)) {
            throw new InvalidInputException("at '/schema': " + Shown.of(String.valueOf(number(object)))
                    + ", which a newer version wrote (expected: " + ProxyDocument.SCHEMA + " or older)");
        }
        if (!object.members().containsKey("schema")) {
            return new RoutesFile(object).document();
        }
        var schema = number(object);
        if (schema == null || schema.compareTo(BigDecimal.valueOf(ProxyDocument.SCHEMA)) != 0) {
            throw new InvalidInputException(
                    "at '/schema': not a version (expected: a whole number up to " + ProxyDocument.SCHEMA + ")");
        }
        return ProxyJson.read(ProxyJson.canonical(object), ProxyDocument.class);
    }

    private static @Nullable BigDecimal number(Json.Obj object) {
        return object.members().get("schema") instanceof Json.Num schema ? schema.value() : null;
    }
}
