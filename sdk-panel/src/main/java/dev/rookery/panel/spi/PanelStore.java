package dev.rookery.panel.spi;

/**
 * Everything a panel keeps. Each method of its parts is <em>one atomic change</em>: it happens as a whole or not at all, and when it
 * returns it is durable. There is no transaction object, so nobody can call a node inside of one.
 *
 * <p>Several panels may share a store. Whatever two of them could do at the same time is decided inside the store, by a unique
 * index or by comparing before setting; the methods say what. A call that must not happen throws {@link PanelException}; a store that
 * cannot be reached throws {@link dev.rookery.api.UnavailableException}.
 *
 * <p>Instants need millisecond precision and come back as they went in, cut to milliseconds at most. Implementations are thread-safe.
 * The contract is the test {@code dev.rookery.testing.panel.PanelStoreContract}.
 */
public interface PanelStore {

    /** Returns the part about nodes, their enrolment and their allocations. */
    NodeStore nodes();

    /** Returns the part about eggs. */
    EggStore eggs();

    /** Returns the part about servers. */
    ServerStore servers();

    /** Returns the part about durable operations. */
    OperationStore operations();

    /** Returns the part about schedules. */
    ScheduleStore schedules();
}
