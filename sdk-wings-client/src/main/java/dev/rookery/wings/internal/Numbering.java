package dev.rookery.wings.internal;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps account of the numbered lines that came, so that delivery goes on where it ended. Not thread-safe. */
final class Numbering {

    private OptionalLong last;
    private boolean first;

    /**
     * Creates the account.
     *
     * @param after the number to begin after, if any
     */
    Numbering(OptionalLong after) {
        this.last = after;
    }

    /** Returns the frame that asks for everything after the last line that came. */
    Frame resume() {
        return last.isPresent()
                ? Frame.of(ConsoleFrames.RESUME, Long.toString(last.getAsLong()))
                : Frame.of(ConsoleFrames.RESUME);
    }

    /** Says that a new connection begins. */
    void connected() {
        first = true;
    }

    /** Takes a line, and returns the gap before it that nobody announced. */
    Optional<ConsoleEvent.Gap> accept(long number) {
        boolean firstOfConnection = first;
        first = false;
        if (last.isEmpty()) {
            last = OptionalLong.of(number);
            return Optional.empty();
        }
        long previous = last.getAsLong();
        if (number <= previous) {
            // Either lines that were asked for once more, or, right after connecting, a log that was begun anew.
            last = firstOfConnection ? OptionalLong.of(number) : last;
            return Optional.empty();
        }
        last = OptionalLong.of(number);
        return number == previous + 1 ? Optional.empty() : Optional.of(new ConsoleEvent.Gap(previous + 1, number - 1));
    }

    /** Takes a gap that the node announced. */
    void accept(ConsoleEvent.Gap gap) {
        first = false;
        last = OptionalLong.of(Math.max(gap.to(), last.orElse(0)));
    }
}
