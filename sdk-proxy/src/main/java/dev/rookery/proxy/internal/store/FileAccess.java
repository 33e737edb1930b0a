package dev.rookery.proxy.internal.store;

import java.io.IOException;

/** Something that is done with files. */
@FunctionalInterface
public interface FileAccess<T> {

    /** Does it. */
    T run() throws IOException;
}
