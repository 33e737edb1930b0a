package dev.rookery.wings.internal;

import okhttp3.OkHttpClient;

/**
 * The HTTP client of everyone who brings none: one for the program, so that a thousand nodes share one pool of connections. It has nothing
 * to close: idle connections and threads end by themselves.
 */
public final class SharedClient {

    private SharedClient() {}

    /** Returns the client, the same each time. */
    public static OkHttpClient get() {
        return Lazy.CLIENT;
    }

    /** Made when it is first asked for. */
    private static final class Lazy {
        static final OkHttpClient CLIENT = new OkHttpClient();
    }
}
