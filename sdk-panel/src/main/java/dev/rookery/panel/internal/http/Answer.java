package dev.rookery.panel.internal.http;

import dev.rookery.api.dialect.RemoteDocuments;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.panel.PanelResponse;
import java.util.HashMap;
import java.util.Map;

/** Makes responses. */
public final class Answer {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private Answer() {}

    static PanelResponse json(Object body) {
        return document(WireJson.write(body));
    }

    static PanelResponse document(byte[] json) {
        return new PanelResponse(200, JSON, json);
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
        return new PanelResponse(status, all, RemoteDocuments.writeError(status, code, detail));
    }
}
