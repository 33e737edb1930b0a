package dev.rookery.proxy.cloudflare;

import java.util.Set;

/**
 * What a sync on request may do beyond what one by itself does.
 *
 * @param deleteNow whether records that nobody wants any more go at once, in place of after the binding's time
 * @param takeOver names whose record becomes ours, whoever made it
 */
public record SyncOptions(boolean deleteNow, Set<String> takeOver) {

    /** Nothing beyond. */
    public static final SyncOptions USUAL = new SyncOptions(false, Set.of());

    /** Copies its arguments. */
    public SyncOptions {
        takeOver = Set.copyOf(takeOver);
    }
}
