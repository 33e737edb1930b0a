package dev.rookery.wings.internal;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps account of the numbered lines, so that every line is told once and in order: after a new connection, and after a listener was too
 * slow, the node is asked to go on behind the last line that was told. Not thread-safe.
 */
final class Numbering {

    private final Delivery delivery;
    private OptionalLong last;
    private boolean first;
    private Mode mode = Mode.FLOWING;
    /** The greatest number that came and was not told. */
    private long newest;

    private enum Mode {
        /** What comes is told. */
        FLOWING,
        /** The listener is too slow: nothing is told until it has caught up. */
        BEHIND,
        /** The node was asked for what was not told, and what else comes in between is not told. */
        HEALING
    }

    /**
     * Creates the account.
     *
     * @param after the number to begin after, if any
     * @param delivery takes the lines
     */
    Numbering(OptionalLong after, Delivery delivery) {
        this.last = after;
        this.delivery = delivery;
    }

    /** Says that a new connection begins, and returns the frame that asks for everything after the last line that was told. */
    Frame connected() {
        first = true;
        mode = Mode.FLOWING;
        return resume();
    }

    /** Takes a line. */
    void accept(ConsoleEvent.Output line, long number) {
        boolean firstOfConnection = first;
        first = false;
        if (mode == Mode.BEHIND) {
            newest = Math.max(newest, number);
        } else if (mode == Mode.HEALING) {
            newest = Math.max(newest, number);
            if (last.isPresent() && number == last.getAsLong() + 1) {
                tell(line, number);
                endHealing();
            }
        } else if (last.isPresent() && number <= last.getAsLong()) {
            // Either lines that were asked for once more, or, right after connecting, a log that was begun anew.
            if (firstOfConnection) {
                last = OptionalLong.of(number - 1);
                tell(line, number);
            } else {
                delivery.offer(line);
            }
        } else {
            if (last.isPresent() && number > last.getAsLong() + 1) {
                skip(last.getAsLong() + 1, number - 1);
            }
            tell(line, number);
        }
    }

    /** Takes a gap that the node announced. */
    void accept(ConsoleEvent.Gap gap) {
        first = false;
        if (mode == Mode.FLOWING) {
            skip(gap.from(), Math.max(gap.to(), last.orElse(0)));
            return;
        }
        newest = Math.max(newest, gap.to());
        if (mode == Mode.HEALING && last.isPresent() && gap.from() <= last.getAsLong() + 1) {
            if (gap.to() > last.getAsLong()) {
                skip(last.getAsLong() + 1, gap.to());
            }
            endHealing();
        }
    }

    /** Returns the frame that asks for what a slow listener missed, if it missed something. */
    Optional<Frame> heal() {
        if (mode != Mode.BEHIND) {
            return Optional.empty();
        }
        mode = Mode.HEALING;
        return Optional.of(resume());
    }

    /** Returns whether the node has yet to send what was missed. */
    boolean healing() {
        return mode == Mode.HEALING;
    }

    /** Returns the last number that was told, or announced as missing. */
    OptionalLong last() {
        return last;
    }

    /** Gives up what was missed: the node does not send it. */
    void giveUp() {
        if (mode == Mode.HEALING && last.isPresent()) {
            mode = Mode.FLOWING;
            if (newest > last.getAsLong()) {
                skip(last.getAsLong() + 1, newest);
            }
        }
    }

    private void tell(ConsoleEvent.Output line, long number) {
        if (delivery.offer(line)) {
            last = OptionalLong.of(number);
            return;
        }
        mode = Mode.BEHIND;
        newest = Math.max(newest, number);
        if (last.isEmpty()) {
            last = OptionalLong.of(number - 1);
        }
    }

    private void skip(long from, long to) {
        delivery.put(new ConsoleEvent.Gap(from, to));
        last = OptionalLong.of(to);
    }

    private void endHealing() {
        if (mode == Mode.HEALING && last.orElse(0) >= newest) {
            mode = Mode.FLOWING;
        }
    }

    private Frame resume() {
        return last.isPresent()
                ? Frame.of(ConsoleFrames.RESUME, Long.toString(last.getAsLong()))
                : Frame.of(ConsoleFrames.RESUME);
    }
}
