package dev.rookery.panel.internal.http;

import dev.rookery.panel.PanelRequest;
import java.util.Locale;
import java.util.Map;

/** Reads the {@code Authorization} header. */
final class Bearer {

    private static final String SCHEME = "bearer ";

    private Bearer() {}

    /** Returns what follows {@code Bearer}, or fails with 401. */
    static String of(PanelRequest request) {
        var header = request.header("Authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new HttpFailure(
                    401,
                    "Unauthorized",
                    "no credentials (expected: the header 'Authorization: Bearer ...')",
                    Map.of("WWW-Authenticate", "Bearer"));
        }
        return header.substring(SCHEME.length()).trim();
    }
}
