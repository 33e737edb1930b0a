package dev.rookery.panel.internal.http;

import dev.rookery.panel.PanelResponse;
import java.util.Map;

/** Ends a request with an error that only HTTP knows. */
final class HttpFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    HttpFailure(int status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    HttpFailure(int status, String code, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    PanelResponse answer() {
        var detail = getMessage();
        return Answer.error(status, code, detail == null ? code : detail, headers);
    }
}
