package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.panel.ActivityEntry;

/**
 * Something that happened, as it is kept.
 *
 * @param id its number; later ones are greater
 * @param entry what happened
 */
public record ActivityRecord(long id, ActivityEntry entry) {

    /** Checks its argument. */
    public ActivityRecord {
        requireNonNull(entry, "entry");
    }
}
