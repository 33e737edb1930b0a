package dev.rookery.wings.internal;

import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Holds outbound frames back so that a node never has a reason to drop one: what exceeds its limits is lost without an answer. Source:
 * node API §4.2. A little stricter than the node, because the network bunches frames. Not thread-safe; one for each connection.
 *
 * <p>Commands and power actions also keep a distance: the Go daemons handle every frame in a thread of its own, so frames that arrive
 * together change their order (seen with Pelican's and Pterodactyl's, docs/protocol/findings.md).
 */
final class Pacer {

    /** How many frames may wait. */
    static final int WAITING_MAX = 256;

    /** What lies between two requests whose order matters. */
    private static final Duration DISTANCE = Duration.ofMillis(100);

    private final TokenBucket all;
    private final TokenBucket auth;
    private final TokenBucket logs;
    private final TokenBucket commands;
    private final TokenBucket others;
    private final TokenBucket distance;
    private final Deque<Frame> urgent = new ArrayDeque<>();
    private final Deque<Frame> waiting = new ArrayDeque<>();

    Pacer(long nowNanos) {
        all = new TokenBucket(9, Duration.ofMillis(220), nowNanos);
        auth = new TokenBucket(2, Duration.ofMillis(5500), nowNanos);
        logs = new TokenBucket(2, Duration.ofMillis(5500), nowNanos);
        commands = new TokenBucket(9, Duration.ofMillis(1100), nowNanos);
        others = new TokenBucket(3, Duration.ofMillis(1100), nowNanos);
        distance = new TokenBucket(1, DISTANCE, nowNanos);
    }

    /** Adds a frame that goes before all others. */
    void addUrgent(Frame frame) {
        urgent.add(frame);
    }

    /** Adds a frame behind the others; false if too many wait. */
    boolean add(Frame frame) {
        return waiting.size() < WAITING_MAX && waiting.add(frame);
    }

    /**
     * Returns the frame that may be sent now, if there is one.
     *
     * @param urgentOnly whether only a frame that goes before all others
     */
    Optional<Frame> poll(long nowNanos, boolean urgentOnly) {
        for (var queue : queues(urgentOnly)) {
            var head = queue.peek();
            if (head != null && waitNanos(head, nowNanos) == 0) {
                all.take(nowNanos);
                bucket(head).take(nowNanos);
                if (request(head)) {
                    distance.take(nowNanos);
                }
                return Optional.of(queue.remove());
            }
        }
        return Optional.empty();
    }

    /** Returns how long until {@link #poll} gives a frame; empty if none waits. */
    Optional<Duration> untilNext(long nowNanos, boolean urgentOnly) {
        var heads = new ArrayList<Long>();
        for (var queue : queues(urgentOnly)) {
            var head = queue.peek();
            if (head != null) {
                heads.add(waitNanos(head, nowNanos));
            }
        }
        return heads.stream().min(Long::compare).map(Duration::ofNanos);
    }

    /** Takes out every command and power action that was not sent. */
    List<Frame> takeUnsent() {
        var unsent = waiting.stream().filter(Pacer::request).toList();
        waiting.clear();
        urgent.clear();
        return unsent;
    }

    /** Returns whether a frame is a command or a power action, of which a user has to know what became. */
    static boolean request(Frame frame) {
        return frame.event().equals(ConsoleFrames.SEND_COMMAND) || frame.event().equals(ConsoleFrames.SET_STATE);
    }

    private List<Deque<Frame>> queues(boolean urgentOnly) {
        return urgentOnly ? List.of(urgent) : List.of(urgent, waiting);
    }

    private long waitNanos(Frame frame, long nowNanos) {
        long limits = Math.max(all.waitNanos(nowNanos), bucket(frame).waitNanos(nowNanos));
        return request(frame) ? Math.max(limits, distance.waitNanos(nowNanos)) : limits;
    }

    private TokenBucket bucket(Frame frame) {
        return switch (frame.event()) {
            case ConsoleFrames.AUTH -> auth;
            case ConsoleFrames.SEND_LOGS -> logs;
            case ConsoleFrames.SEND_COMMAND -> commands;
            default -> others;
        };
    }
}
