package dev.rookery.panel.internal.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.panel.PanelResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes responses. */
public final class Answer {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private Answer() {}

    private record Errors(@JsonProperty("errors") List<Item> errors) {}

    /** The status is a text: the Go daemons fail to read a number here. Source: panel remote API §1.3. */
    private record Item(
            @JsonProperty("code") String code,
            @JsonProperty("status") String status,
            @JsonProperty("detail") String detail) {}

    static PanelResponse json(Object body) {
        return new PanelResponse(200, JSON, WireJson.write(body));
    }

    static PanelResponse done() {
        return new PanelResponse(204, Map.of(), new byte[0]);
    }

    /** Returns the error envelope of the protocol. */
    public static PanelResponse error(int status, String code, String detail) {
        return error(status, code, detail, Map.of());
    }

    static PanelResponse error(int status, String code, String detail, Map<String, String> headers) {
        var all = new HashMap<>(JSON);
        all.putAll(headers);
        var envelope = new Errors(List.of(new Item(code, Integer.toString(status), detail)));
        return new PanelResponse(status, all, WireJson.write(envelope));
    }
}
