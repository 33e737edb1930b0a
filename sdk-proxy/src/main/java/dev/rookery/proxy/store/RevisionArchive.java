package dev.rookery.proxy.store;

import dev.rookery.api.Incubating;

/**
 * Keeps copies of revisions somewhere else, such as in an object store. Each is handed over at least once, the oldest first; one that cannot be kept is
 * tried again later and nothing waits for it.
 */
@Incubating
@FunctionalInterface
public interface RevisionArchive {

    /**
     * Keeps a revision. Repeating has no effect. May block.
     *
     * @param name of the copy, such as {@code 00000042.jsonl}
     * @param bytes as {@link Revision#toBytes} returns them
     */
    void keep(String name, byte[] bytes);
}
