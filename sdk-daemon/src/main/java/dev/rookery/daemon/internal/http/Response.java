package dev.rookery.daemon.internal.http;

import dev.rookery.api.Content;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered, without the headers that every answer carries.
 *
 * @param status the HTTP status
 * @param headers further headers
 * @param bytes the body, if it is held in memory; empty for none
 * @param content the body, if it is streamed; closed once it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody
record Response(
        int status,
        Map<String, String> headers,
        byte[] bytes,
        @Nullable Content content) {

    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain";
    static final String TEXT_UTF8 = "text/plain; charset=utf-8";

    private static final byte[] NOTHING = {};

    /** Returns an answer without body and without content type. */
    static Response empty(int status) {
        return new Response(status, Map.of(), NOTHING, null);
    }

    /** Returns an answer with a JSON body. */
    static Response json(int status, Object body) {
        return new Response(status, Map.of("Content-Type", JSON), WireJson.write(body), null);
    }

    /** Returns an answer with a JSON body that is written already. */
    static Response written(int status, byte[] json) {
        return new Response(status, Map.of("Content-Type", JSON), json, null);
    }

    /** Returns an answer with a text body. */
    static Response text(int status, String contentType, String body) {
        return new Response(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8), null);
    }

    /** Returns an answer with a streamed body. */
    static Response stream(Map<String, String> headers, Content content) {
        return new Response(200, headers, NOTHING, content);
    }

    /** Returns what is said of a route that nobody knows. Source: node API §1.5. */
    static Response unknownRoute() {
        return text(404, TEXT, "404 page not found");
    }

    /** Returns {@code {"error":text}}. */
    static Response error(int status, String text) {
        return json(status, new Json.Obj(Map.of("error", new Json.Text(text))));
    }

    /** Returns {@code {"error":text,"request_id":id}}. */
    static Response error(int status, String text, String requestId) {
        var members = new LinkedHashMap<String, Json>();
        members.put("error", new Json.Text(text));
        members.put("request_id", new Json.Text(requestId));
        return json(status, new Json.Obj(members));
    }

    /** Returns a copy with one header more, or another value of it. */
    Response header(String name, String value) {
        var copy = new LinkedHashMap<>(headers);
        copy.put(name, value);
        return new Response(status, Map.copyOf(copy), bytes, content);
    }
}
