package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rookery.api.Json;
import dev.rookery.proxy.DocumentJson;
import dev.rookery.proxy.HiddenSecrets;
import dev.rookery.proxy.route.ProxyDocument;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The proxy's document and parts of it as JSON between panel and browser: secrets are hidden on the way out, and come back where they were left hidden.
 */
final class ProxyTexts {

    private ProxyTexts() {}

    /** Reads the request's body, or throws {@code not_json}. */
    static Json body(Context request) {
        try {
            return Bodies.MAPPER
                    .readerFor(Json.class)
                    .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .readValue(Bodies.json(request));
        } catch (JsonProcessingException e) {
            throw Bodies.notJson(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the request's body, or throws {@code not_json} or {@code validation}. */
    static Json.Obj object(Context request) {
        if (body(request) instanceof Json.Obj object) {
            return object;
        }
        throw ApiError.field("body", "body: no object (expected: one).");
    }

    /** Returns a member that a body needs, or throws {@code validation}. */
    static Json member(Json.Obj body, String name) {
        return Bodies.required(body.members().get(name), name);
    }

    /** Returns what can be written as JSON, as JSON. */
    static Json json(byte[] text) {
        try {
            return Bodies.MAPPER.readValue(text, Json.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Json value) {
        try {
            return Bodies.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that cannot be written as JSON", e);
        }
    }

    /** Returns a document with all its secrets. */
    static Json.Obj whole(ProxyDocument document) {
        return (Json.Obj) json(DocumentJson.write(document));
    }

    /** Returns a document for people. */
    static Json.Obj shown(ProxyDocument document) {
        return (Json.Obj) HiddenSecrets.hide(whole(document));
    }

    /** Returns a member of a document for people. */
    static Json shown(ProxyDocument document, String member, Json absent) {
        return shown(document).members().getOrDefault(member, absent);
    }

    /** Reads a document; what is hidden in it is as it was saved. */
    static ProxyDocument read(Json given, ProxyDocument saved) {
        return DocumentJson.read(bytes(HiddenSecrets.restore(given, whole(saved))));
    }

    /** Reads some members of a document; the others are as usual. */
    static ProxyDocument part(Map<String, Json> given, ProxyDocument saved) {
        var members = new LinkedHashMap<String, Json>();
        members.put("schema", new Json.Num(BigDecimal.valueOf(ProxyDocument.SCHEMA)));
        members.putAll(given);
        return read(new Json.Obj(members), saved);
    }
}
