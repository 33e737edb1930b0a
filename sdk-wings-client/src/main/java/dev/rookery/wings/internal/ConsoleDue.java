package dev.rookery.wings.internal;

/** What a console does later; each at most once at a time. */
enum ConsoleDue {
    /** Connect again. */
    CONNECT,
    /** Give a node up that does not answer to the token. */
    AUTH_TIMEOUT,
    /** Present a new token. */
    AUTHENTICATE,
    /** Send what the node's limits held back. */
    SEND,
    /** Tell the lines that were shown again. */
    SHOWN,
    /** Give lines up that were asked for again and do not come. */
    HEAL,
    /** Take the connection for a stable one. */
    STABLE,
    /** End the console with its user's authority. */
    AUTHORITY_ENDS
}
