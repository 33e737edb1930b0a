package dev.rookery.wings.internal;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Brings what a node tells into the order and the bounds of the delivery. Lines that a slow listener missed are asked for again where the
 * node numbers them, and become a gap elsewhere. Guarded by the console's lock.
 */
final class ConsoleInbox {

    private static final Duration HEAL_PATIENCE = Duration.ofSeconds(3);

    private final Delivery delivery;
    private final Timers<ConsoleDue> timers;
    private final Consumer<Frame> ask;
    private final Numbering numbering;
    private final ShownLines shownLines;
    private boolean numbered;
    private boolean connected;
    /** How many lines without numbers came, and which of these were left out since a line was last told. */
    private long counted;

    private long missedFrom;
    private long missedTo;
    private long remarks;

    /**
     * Creates an empty inbox.
     *
     * @param after the number to begin after, if any
     * @param delivery takes what is told
     * @param timers run what is due
     * @param ask sends a frame to the node
     */
    ConsoleInbox(OptionalLong after, Delivery delivery, Timers<ConsoleDue> timers, Consumer<Frame> ask) {
        this.delivery = delivery;
        this.timers = timers;
        this.ask = ask;
        this.numbering = new Numbering(after, delivery);
        this.shownLines = new ShownLines(timers, this::tellUnnumbered);
    }

    /** Says that a connection begins; returns what to ask the node before anything else. */
    Optional<Frame> connected(boolean nodeNumbersLines) {
        numbered = nodeNumbersLines;
        connected = true;
        return numbered ? Optional.of(numbering.connected()) : Optional.empty();
    }

    /** Says that the connection is over. What is missing is asked for on the next one. */
    void disconnected() {
        connected = false;
        timers.cancel(ConsoleDue.SHOWN);
        timers.cancel(ConsoleDue.HEAL);
    }

    boolean numbered() {
        return numbered;
    }

    /** Says that the node was asked to show its last lines again, some of which were told before. */
    void shownAgain() {
        shownLines.asked();
    }

    /** Takes an event. */
    void accept(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Output output) {
            if (output.number().isPresent()) {
                numbering.accept(output, output.number().getAsLong());
            } else if (numbered) {
                // The daemon's own words.
                tellExpendable(event);
            } else {
                shownLines.accept(output.line());
            }
        } else if (event instanceof ConsoleEvent.Gap gap) {
            numbering.accept(gap);
        } else if (overtaken(event)) {
            delivery.offer(event);
        } else if (expendable(event)) {
            tellExpendable(event);
        } else {
            tellMissed();
            delivery.put(event);
        }
    }

    /** Says that the listener has caught up after something was left out. */
    void caughtUp() {
        tellMissed();
        if (connected && numbered) {
            numbering.heal().ifPresent(frame -> {
                ask.accept(frame);
                awaitHealing();
            });
        }
    }

    private void awaitHealing() {
        var before = numbering.last();
        timers.schedule(ConsoleDue.HEAL, HEAL_PATIENCE, () -> {
            if (numbering.healing() && !numbering.last().equals(before)) {
                awaitHealing();
            } else {
                numbering.giveUp();
            }
        });
    }

    /** What the next event of its kind makes worthless. */
    private static boolean overtaken(ConsoleEvent event) {
        return event instanceof ConsoleEvent.Stats
                || event instanceof ConsoleEvent.ImagePullProgress
                || event instanceof ConsoleEvent.BackupProgress
                || event instanceof ConsoleEvent.RestoreProgress
                || event instanceof ConsoleEvent.OperationProgress
                || (event instanceof ConsoleEvent.FileJobChanged changed
                        && !changed.job().state().ended());
    }

    private static boolean expendable(ConsoleEvent event) {
        return event instanceof ConsoleEvent.InstallOutput
                || event instanceof ConsoleEvent.DaemonMessage
                || event instanceof ConsoleEvent.TransferLog
                || event instanceof ConsoleEvent.FeatureMatch
                || event instanceof ConsoleEvent.Unknown;
    }

    private void tellUnnumbered(String line) {
        counted++;
        if (!offer(new ConsoleEvent.Output(line, OptionalLong.empty()))) {
            missedFrom = missedFrom == 0 ? counted : missedFrom;
            missedTo = counted;
        }
    }

    private void tellExpendable(ConsoleEvent event) {
        if (!offer(event)) {
            remarks++;
        }
    }

    private boolean offer(ConsoleEvent event) {
        if (missedFrom > 0 || remarks > 0) {
            if (delivery.refusing()) {
                return false;
            }
            tellMissed();
        }
        return delivery.offer(event);
    }

    private void tellMissed() {
        if (missedFrom > 0) {
            delivery.put(new ConsoleEvent.Gap(missedFrom, missedTo));
            missedFrom = 0;
        }
        if (remarks > 0) {
            delivery.put(
                    new ConsoleEvent.DaemonMessage("[" + remarks + " messages skipped: this listener was too slow]"));
            remarks = 0;
        }
    }
}
