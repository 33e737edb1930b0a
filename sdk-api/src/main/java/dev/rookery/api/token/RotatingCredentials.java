package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The credentials of a node that its panel may exchange while it runs. Everything that presents or judges them shares one of these: what it
 * presents is the newest pair, what it accepts are also those before, for as long as they were promised to hold. Thread-safe.
 */
@Incubating
public final class RotatingCredentials implements Supplier<NodeCredentials> {

    /** Whoever exchanges faster than pairs expire loses the oldest ones. */
    private static final int MAX_PREVIOUS = 3;

    private final Clock clock;
    private volatile State state;

    private RotatingCredentials(NodeCredentials first, Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        this.state = new State(requireNonNull(first, "credentials"), List.of());
    }

    /**
     * Begins with a pair.
     *
     * @param clock tells when a pair before holds no longer
     */
    public static RotatingCredentials of(NodeCredentials first, Clock clock) {
        return new RotatingCredentials(first, clock);
    }

    /** Returns the newest pair. */
    @Override
    public NodeCredentials get() {
        return state.newest;
    }

    /** Returns the pairs that are accepted now, the newest first. */
    public List<NodeCredentials> accepted() {
        var present = state;
        if (present.previous.isEmpty()) {
            return List.of(present.newest);
        }
        var now = clock.instant();
        var all = new ArrayList<NodeCredentials>();
        all.add(present.newest);
        present.previous.stream().filter(old -> old.holds(now)).forEach(old -> all.add(old.credentials));
        return all;
    }

    /** Returns whether {@code presented} is the secret of a pair that is accepted now. Takes as long whichever it is. */
    public boolean matches(String presented) {
        boolean matches = false;
        for (var credentials : accepted()) {
            matches |= credentials.matches(presented);
        }
        return matches;
    }

    /**
     * Exchanges the pair. Repeating with the newest one has no effect.
     *
     * @param next presented from now on
     * @param grace how long the one before is accepted still
     * @throws InvalidInputException if {@code grace} is negative
     */
    public synchronized void rotate(NodeCredentials next, Duration grace) {
        requireNonNull(next, "credentials");
        if (grace.isNegative()) {
            throw new InvalidInputException("grace: " + grace + " (expected: >= 0)");
        }
        var before = state;
        if (next.equals(before.newest)) {
            return;
        }
        var now = clock.instant();
        var previous = new ArrayList<Previous>();
        previous.add(new Previous(before.newest, now, now.plus(grace)));
        before.previous.stream()
                .filter(old -> old.holds(now) && !old.credentials.equals(next))
                .limit(MAX_PREVIOUS - 1L)
                .forEach(previous::add);
        state = new State(next, List.copyOf(previous));
    }

    /** Shows the public part only. */
    @Override
    public String toString() {
        return "RotatingCredentials[tokenId=" + get().tokenId() + "]";
    }

    private record State(NodeCredentials newest, List<Previous> previous) {}

    private record Previous(NodeCredentials credentials, Instant from, Instant until) {

        /** A clock that was set back to before the exchange must not prolong the grace. */
        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }
}
