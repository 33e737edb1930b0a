package dev.rookery.daemon.internal.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision came to.
 *
 * @param state the state from now on
 * @param effects what is to be done, in order
 * @param refusal why a wish was not granted; null if it was
 */
public record Transition(
        Lifecycle state, List<Effect> effects, @Nullable Refusal refusal) {

    /** Copies the list. */
    public Transition {
        effects = List.copyOf(effects);
    }

    /**
     * Why a wish was not granted.
     *
     * @param kind what the asker can do about it
     * @param text for people
     */
    public record Refusal(Kind kind, String text) {}

    /** What the asker can do about a refusal. */
    public enum Kind {
        /** The present state forbids it. */
        CONFLICT,
        /** It is not known yet what runs; try later. */
        UNAVAILABLE,
        /** There is no such server any more. */
        GONE
    }
}
