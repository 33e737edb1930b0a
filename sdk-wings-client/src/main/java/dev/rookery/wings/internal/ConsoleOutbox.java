package dev.rookery.wings.internal;

import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import okhttp3.WebSocket;
import okio.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames in order and as fast as the node takes them, none twice, and knows which commands and power actions did not get out.
 * Guarded by the console's lock.
 */
final class ConsoleOutbox {

    private final ConsoleTimer timer;
    private final Timers<ConsoleDue> timers;
    private final Deque<Handed> handed = new ArrayDeque<>();
    private Pacer pacer;
    private @Nullable WebSocket socket;
    private long handedBytes;
    private @Nullable Frame refused;
    private boolean broken;
    private boolean held;

    /** A request that was handed to the socket, which may not have written it yet. */
    private record Handed(Frame frame, long endsAt) {}

    /**
     * What did not get out when a connection was lost.
     *
     * @param frame a command or a power action
     * @param surely whether no byte of it can have reached the node
     */
    record Unsent(Frame frame, boolean surely) {}

    ConsoleOutbox(ConsoleTimer timer, Timers<ConsoleDue> timers) {
        this.timer = timer;
        this.timers = timers;
        this.pacer = new Pacer(timer.nanoTime());
    }

    /** Begins with a new connection, whose limits are fresh. */
    void connected(WebSocket opened) {
        socket = opened;
        pacer = new Pacer(timer.nanoTime());
        handed.clear();
        handedBytes = 0;
        refused = null;
        broken = false;
        held = false;
    }

    /** Ends the connection; returns what did not get out, oldest first. */
    List<Unsent> disconnected() {
        var unsent = new ArrayList<Unsent>();
        var lost = socket;
        if (lost != null) {
            long written = handedBytes - lost.queueSize();
            handed.stream()
                    .filter(request -> request.endsAt() > written)
                    .forEach(request -> unsent.add(new Unsent(request.frame(), false)));
        }
        var last = refused;
        if (last != null) {
            unsent.add(new Unsent(last, true));
        }
        pacer.takeUnsent().forEach(frame -> unsent.add(new Unsent(frame, true)));
        handed.clear();
        refused = null;
        socket = null;
        timers.cancel(ConsoleDue.SEND);
        return unsent;
    }

    /** Holds everything back but what is urgent: without a valid token the node would throw it away. */
    void hold(boolean hold) {
        held = hold;
    }

    /** Sends a frame before all others. */
    void urgent(Frame frame) {
        pacer.addUrgent(frame);
        flush();
    }

    /** Sends a frame behind the others; false if too many wait. */
    boolean add(Frame frame) {
        if (!pacer.add(frame)) {
            return false;
        }
        flush();
        return true;
    }

    /** Sends what may be sent now, and the rest later. */
    void flush() {
        var open = socket;
        if (open == null || broken) {
            return;
        }
        for (var frame = poll(); frame.isPresent(); frame = poll()) {
            if (!hand(open, frame.get())) {
                return;
            }
        }
        pacer.untilNext(timer.nanoTime(), held)
                .ifPresent(pause -> timers.schedule(ConsoleDue.SEND, pause, this::flush));
    }

    /** Hands a frame to the socket; false if that takes nothing more, and is about to say why. */
    private boolean hand(WebSocket open, Frame frame) {
        var text = ConsoleFrames.writeInbound(frame);
        broken = !open.send(text);
        if (broken) {
            refused = Pacer.request(frame) ? frame : null;
            return false;
        }
        handedBytes += Utf8.size(text);
        if (Pacer.request(frame)) {
            long written = handedBytes - open.queueSize();
            while (!handed.isEmpty() && handed.element().endsAt() <= written) {
                handed.remove();
            }
            handed.add(new Handed(frame, handedBytes));
        }
        return true;
    }

    private Optional<Frame> poll() {
        return pacer.poll(timer.nanoTime(), held);
    }
}
