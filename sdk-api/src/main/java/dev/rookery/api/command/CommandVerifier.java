package dev.rookery.api.command;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a node does a command: signed by a key it knows, for this node, within its time, and not done before. Every refusal is a
 * {@link CommandRefusedException} with its reason. Thread-safe.
 *
 * <p>A key is replaced by giving the node the new one beside the old one, signing with the new one, and retiring the old one:
 * {@link #keys}.
 */
public final class CommandVerifier {

    private final NodeId node;
    private final Clock clock;
    private final Duration maxLifetime;
    private final Duration clockTolerance;
    private final ReplayWindow window;
    private final @Nullable Instant startedAt;

    private volatile Map<String, CommandKey> keys;

    private CommandVerifier(Builder builder) {
        node = builder.node;
        clock = builder.clock;
        maxLifetime = builder.maxLifetime;
        clockTolerance = builder.clockTolerance;
        window = builder.window == null ? ReplayWindow.create(clock) : builder.window;
        startedAt = builder.startedAt;
        keys = byId(builder.keys);
    }

    /**
     * Returns a builder.
     *
     * @param node who we are
     * @param clock tells the time
     */
    public static Builder builder(NodeId node, Clock clock) {
        return new Builder(node, clock);
    }

    /**
     * Replaces the keys, from the next command on.
     *
     * @throws InvalidInputException if two have one id
     */
    public void keys(Collection<CommandKey> keys) {
        this.keys = byId(keys);
    }

    /**
     * Decides on a command and remembers it, so that the same text is refused from now on.
     *
     * @return what to do
     * @throws CommandRefusedException if it shall not be done
     */
    public SignedCommand verify(String text) {
        requireNonNull(text, "text");
        var command = open(text);
        if (!command.audience().equals(node)) {
            throw new CommandRefusedException(
                    CommandRefusal.AUDIENCE, "for node " + command.audience() + " (expected: " + node + ")");
        }
        requireTimely(command);
        window.remember(command, command.expiresAt().plus(clockTolerance));
        return command;
    }

    private SignedCommand open(String text) {
        try {
            var parsed = CommandText.parse(text);
            requireSigned(parsed, key(CommandBytes.keyId(parsed.bytes())));
            return CommandBytes.decode(parsed.bytes());
        } catch (InvalidInputException e) {
            throw new CommandRefusedException(CommandRefusal.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private CommandKey key(String id) {
        var key = keys.get(id);
        if (key == null) {
            throw new CommandRefusedException(CommandRefusal.UNKNOWN_KEY, "key " + id + " (expected: a known one)");
        }
        if (key.retiresAt().filter(at -> !clock.instant().isBefore(at)).isPresent()) {
            throw new CommandRefusedException(
                    CommandRefusal.RETIRED_KEY, "key " + id + " (expected: one in use, this one was retired)");
        }
        return key;
    }

    private static void requireSigned(CommandText text, CommandKey key) {
        boolean signed;
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key.key());
            signature.update(text.bytes());
            signed = signature.verify(text.signature());
        } catch (GeneralSecurityException ignored) {
            // The JDK's way to say that the bytes cannot be a signature.
            signed = false;
        }
        if (!signed) {
            throw new CommandRefusedException(
                    CommandRefusal.SIGNATURE, "signature (expected: one by the key " + key.id() + ")");
        }
    }

    private void requireTimely(SignedCommand command) {
        var now = clock.instant();
        var issuedAt = command.issuedAt();
        if (issuedAt.isAfter(now.plus(clockTolerance))) {
            throw new CommandRefusedException(
                    CommandRefusal.NOT_YET_VALID, "issued at " + issuedAt + " (expected: not after " + now + ")");
        }
        var lifetime = Duration.between(issuedAt, command.expiresAt());
        if (lifetime.compareTo(maxLifetime) > 0) {
            throw new CommandRefusedException(
                    CommandRefusal.TOO_LONG, "good for " + lifetime + " (expected: at most " + maxLifetime + ")");
        }
        if (!now.isBefore(command.expiresAt().plus(clockTolerance))) {
            throw new CommandRefusedException(
                    CommandRefusal.EXPIRED, "expired at " + command.expiresAt() + " (expected: after " + now + ")");
        }
        // With the tolerance: a panel whose clock is ahead may have sent it before the start, and we may have done it.
        if (startedAt != null && issuedAt.isBefore(startedAt.plus(clockTolerance))) {
            throw new CommandRefusedException(
                    CommandRefusal.BEFORE_START,
                    "issued at " + issuedAt + " (expected: not before " + startedAt.plus(clockTolerance) + ")");
        }
    }

    private static Map<String, CommandKey> byId(Collection<CommandKey> keys) {
        try {
            return keys.stream().collect(Collectors.toUnmodifiableMap(CommandKey::id, Function.identity()));
        } catch (IllegalStateException e) {
            throw new InvalidInputException("keys: two have one id (expected: one key per id)", e);
        }
    }

    /** Collects what a verifier needs. */
    public static final class Builder {

        private static final Duration MAX_TOLERANCE = Duration.ofMinutes(10);
        private static final Duration LONGEST = Duration.ofDays(1);

        private final NodeId node;
        private final Clock clock;
        private Collection<CommandKey> keys = List.of();
        private Duration maxLifetime = Duration.ofMinutes(5);
        private Duration clockTolerance = Duration.ofSeconds(30);
        private @Nullable ReplayWindow window;
        private @Nullable Instant startedAt;

        private Builder(NodeId node, Clock clock) {
            this.node = requireNonNull(node, "node");
            this.clock = requireNonNull(clock, "clock");
        }

        /** Sets the keys whose commands are done; none by default. */
        public Builder keys(Collection<CommandKey> keys) {
            this.keys = List.copyOf(keys);
            return this;
        }

        /** Sets how long a command may be good, five minutes by default, a day at most. */
        public Builder maxLifetime(Duration maxLifetime) {
            if (maxLifetime.compareTo(Duration.ofSeconds(1)) < 0 || maxLifetime.compareTo(LONGEST) > 0) {
                throw new InvalidInputException("maxLifetime: " + maxLifetime + " (expected: PT1S to " + LONGEST + ")");
            }
            this.maxLifetime = maxLifetime;
            return this;
        }

        /** Sets by how much the clocks of panel and node may differ, thirty seconds by default, ten minutes at most. */
        public Builder clockTolerance(Duration clockTolerance) {
            if (clockTolerance.isNegative() || clockTolerance.compareTo(MAX_TOLERANCE) > 0) {
                throw new InvalidInputException(
                        "clockTolerance: " + clockTolerance + " (expected: 0 to " + MAX_TOLERANCE + ")");
            }
            this.clockTolerance = clockTolerance;
            return this;
        }

        /** Sets what remembers the commands that were done, a new window by default. */
        public Builder window(ReplayWindow window) {
            this.window = requireNonNull(window, "window");
            return this;
        }

        /**
         * Sets when the node started with an empty window: commands made earlier, or within the tolerance after, are refused, because
         * they may have been done before. By default none are, which is right where the window is kept over restarts.
         */
        public Builder startedAt(Instant startedAt) {
            this.startedAt = requireNonNull(startedAt, "startedAt");
            return this;
        }

        /**
         * Returns the verifier.
         *
         * @throws InvalidInputException if two keys have one id
         */
        public CommandVerifier build() {
            return new CommandVerifier(this);
        }
    }
}
