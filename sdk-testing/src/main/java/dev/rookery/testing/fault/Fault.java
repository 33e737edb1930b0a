package dev.rookery.testing.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What happens to one exchange.
 *
 * @param kind what
 * @param afterBytes how many bytes of the answer pass before {@link Kind#RESET_AT_BYTE}
 * @param pause how long {@link Kind#LATENCY} waits before the answer, and {@link Kind#SLOW_BODY} between its bytes
 */
public record Fault(Kind kind, long afterBytes, Duration pause) {

    private static final Duration LATENCY_DEFAULT = Duration.ofMillis(200);
    private static final Duration DRIP_DEFAULT = Duration.ofMillis(20);

    /** The eight faults. */
    public enum Kind {
        /** The answer comes late. */
        LATENCY,
        /** The connection ends without an answer; whether the request was carried out nobody knows. */
        DROP,
        /** The connection is reset once some bytes of the answer have passed. */
        RESET_AT_BYTE,
        /** A 503 with a page in HTML, as of a proxy in between. The request does not reach the peer. */
        SERVER_ERROR,
        /** The answer ends in the middle of its body, by an orderly end of the connection. */
        HALF_ANSWER,
        /** The answer is whole, but calls itself a page in HTML. */
        WRONG_CONTENT_TYPE,
        /** The body comes byte by byte. */
        SLOW_BODY,
        /** No answer comes, and the connection stays open. */
        HANG
    }

    /** Checks its arguments. */
    public Fault {
        requireNonNull(kind, "kind");
        requireNonNull(pause, "pause");
        if (afterBytes < 0 || pause.isNegative()) {
            throw new IllegalArgumentException("afterBytes: " + afterBytes + ", pause: " + pause + " (expected: >= 0)");
        }
    }

    /** Returns a fault with its usual figures: a latency of 200 ms, a reset before the first byte, 20 ms between slow bytes. */
    public static Fault of(Kind kind) {
        return new Fault(kind, 0, kind == Kind.LATENCY ? LATENCY_DEFAULT : DRIP_DEFAULT);
    }

    /** Returns a latency. */
    public static Fault latency(Duration pause) {
        return new Fault(Kind.LATENCY, 0, pause);
    }

    /** Returns a reset after so many bytes of the answer, its head included. */
    public static Fault resetAtByte(long bytes) {
        return new Fault(Kind.RESET_AT_BYTE, bytes, Duration.ZERO);
    }

    /** Returns a body that comes byte by byte. */
    public static Fault slowBody(Duration pause) {
        return new Fault(Kind.SLOW_BODY, 0, pause);
    }

    /** Returns all eight faults with their usual figures, in the order of {@link Kind}. */
    public static List<Fault> all() {
        return List.of(Kind.values()).stream().map(Fault::of).toList();
    }
}
