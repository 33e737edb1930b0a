package dev.rookery.wings;

/**
 * Keys of SLF4J's MDC that are set while a node is called and while a console's listener is told something, on the thread that does
 * it; what stood there before comes back afterwards.
 */
public final class LogKeys {

    /** The node's URL. */
    public static final String NODE = "node";

    /** The server's UUID, where the call is about one. */
    public static final String SERVER = "server";

    private LogKeys() {}
}
