package dev.rookery.api.node;

/**
 * Something a node offers beyond the common protocol. An open set; a node of ours lists its own in the response header
 * {@link #HEADER}, and a foreign one, which sends no such header, has none.
 *
 * @param name lower-case, words joined by a dash
 */
public record Capability(String name) {

    /** The response header that lists a node's capabilities, separated by commas. */
    public static final String HEADER = "X-Rookery-Capabilities";

    /** Console lines carry numbers and delivery can be resumed, see {@code ConsoleOptions}. */
    public static final Capability NUMBERED_CONSOLE = new Capability("numbered-console");
}
