package dev.rookery.daemon.internal.store;

import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.StateChange;

/** Something that the panel is to be told of a server. */
public sealed interface OutboxEntry {

    /**
     * Its power state has changed. One that still waits is joined with it.
     *
     * @param change from what to what
     */
    record State(StateChange change) implements OutboxEntry {}

    /**
     * Its installation has ended, which closes the stored one.
     *
     * @param report how
     */
    record Installed(InstallReport report) implements OutboxEntry {}
}
