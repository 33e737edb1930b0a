package dev.rookery.panel.internal.http;

import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelRequest;
import java.io.IOException;

/** Reads bodies, up to a limit. */
final class Body {

    private Body() {}

    static byte[] bytes(PanelRequest request) {
        byte[] bytes;
        try {
            bytes = request.body().readNBytes(PanelEndpoint.MAX_BODY_BYTES + 1);
        } catch (IOException e) {
            throw new HttpFailure(400, "BadRequest", "the body broke off");
        }
        if (bytes.length > PanelEndpoint.MAX_BODY_BYTES) {
            throw new HttpFailure(
                    413,
                    "PayloadTooLarge",
                    "the body is too long (expected: at most " + PanelEndpoint.MAX_BODY_BYTES + " bytes)");
        }
        return bytes;
    }
}
