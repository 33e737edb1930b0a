package dev.rookery.daemon.internal.http;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.EventDialect;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes console frames as they go over a socket. All sockets of a server get the same events within moments, so the last ones are kept as
 * they were written. Thread-safe.
 */
final class TextFrames {

    private static final int SLOTS = 4096;
    /** What is longer is written for each socket: memory is bounded by this times the slots. */
    private static final int KEPT_MAX = 2048;

    private final EventDialect dialect;
    private final AtomicReferenceArray<@Nullable Written> kept = new AtomicReferenceArray<>(SLOTS);

    TextFrames(EventDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Returns the frame of an event; empty if the dialect has none.
     *
     * @param numbered whether the client has asked for line numbers
     */
    Optional<byte[]> of(ConsoleEvent event, boolean numbered) {
        int slot = (System.identityHashCode(event) * 2 + (numbered ? 1 : 0)) & (SLOTS - 1);
        var before = kept.get(slot);
        if (before != null && before.of(event, numbered)) {
            return Optional.of(before.frame());
        }
        var frame = dialect.frame(event, numbered).map(TextFrames::of);
        frame.filter(bytes -> bytes.length <= KEPT_MAX)
                .ifPresent(bytes -> kept.set(slot, new Written(event, numbered, bytes)));
        return frame;
    }

    /** Returns a frame with its header. */
    static byte[] of(ConsoleFrames.Frame frame) {
        return FrameBytes.of(frame);
    }

    /** An event as it was written. Events are told apart by identity, which is quicker than looking at their texts. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
    private record Written(ConsoleEvent event, boolean numbered, byte[] frame) {

        @SuppressWarnings("ReferenceEquality") // on purpose, see above
        boolean of(ConsoleEvent other, boolean otherNumbered) {
            return event == other && numbered == otherNumbered;
        }
    }
}
