package dev.rookery.api.node;

import dev.rookery.api.InvalidInputException;

/**
 * What a report for people shall hold. Source: node API §2.1.
 *
 * @param includeEndpoints whether it names the addresses of panel and node
 * @param includeLogs whether it ends with the daemon's log
 * @param logLines how many lines of it, 1 to 500
 */
public record DiagnosticsRequest(boolean includeEndpoints, boolean includeLogs, int logLines) {

    private static final DiagnosticsRequest DEFAULTS = new DiagnosticsRequest(false, true, 200);
    private static final int LINES_MAX = 500;

    /** Checks the number. */
    public DiagnosticsRequest {
        if (logLines < 1 || logLines > LINES_MAX) {
            throw new InvalidInputException("log_lines: " + logLines + " (expected: 1 to " + LINES_MAX + ")");
        }
    }

    /** Returns the daemons' defaults: no endpoints, 200 lines of log. */
    public static DiagnosticsRequest defaults() {
        return DEFAULTS;
    }
}
