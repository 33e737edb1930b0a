package dev.rookery.proxy.cloudflare;

/** What goes wrong with a call. */
public enum FakeFault {
    NONE(true),
    /** Too much; nothing is done. */
    LIMITED(false),
    /** A failure; nothing is done. */
    FAILED(false),
    /** The connection ends; nothing is done. */
    UNHEARD(false),
    /** It is done, and the answer is a failure. */
    FAILED_AFTERWARDS(true),
    /** It is done, and the connection ends. */
    LOST(true),
    /** It arrives twice and is done twice; the answer is the second one's. */
    TWICE(true);

    private final boolean done;

    FakeFault(boolean done) {
        this.done = done;
    }

    boolean done() {
        return done;
    }
}
