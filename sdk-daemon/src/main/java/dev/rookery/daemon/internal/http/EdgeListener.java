package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;

/**
 * Hears what browsers did by signed URLs, of which the panel that signed them does not hear. Called on the thread of the request, which waits for it; an
 * exception is logged and changes nothing.
 */
@FunctionalInterface
public interface EdgeListener {

    /**
     * A file has been uploaded.
     *
     * @param caller who it was, with the address that the browser came from
     * @param directory as the browser gave it
     * @param file the name of the file in it
     */
    void uploaded(ServerId server, Caller.User caller, String directory, String file);
}
