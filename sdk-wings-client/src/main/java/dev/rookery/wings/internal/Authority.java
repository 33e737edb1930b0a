package dev.rookery.wings.internal;

import dev.rookery.api.RookeryException;
import dev.rookery.api.permission.Permission;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** On whose authority a console is open, and where the tokens come from that say so. Thread-safe. */
interface Authority {

    /** Returns the origin that the node expects. */
    String origin();

    /** Returns what tells the time. */
    Clock clock();

    /** Returns whether a permission is held as far as is known here; the node decides. */
    boolean may(Permission permission);

    /** Returns when this authority ends for good, if that is known. */
    Optional<Instant> endsAt();

    /** Returns whether a new token would last noticeably longer than one that ends at {@code expiresAt}. */
    boolean outlasts(Instant expiresAt);

    /**
     * Fetches a fresh pass. Does not wait: one of the two is called, at once or later, on any thread.
     *
     * @param then takes the pass
     * @param otherwise takes the reason why there is none
     */
    void pass(Consumer<Pass> then, Consumer<RookeryException> otherwise);

    /** Returns whether the token goes into the request that opens the socket, and nothing has to be said on it. */
    default boolean inRequest() {
        return false;
    }

    /** Returns whether this authority has ended. */
    default boolean ended() {
        return endsAt().filter(end -> !clock().instant().isBefore(end)).isPresent();
    }

    /**
     * What opens a socket.
     *
     * @param socket where it is
     * @param token who we are
     * @param expiresAt when the token ends, if that is known
     */
    record Pass(HttpUrl socket, String token, Optional<Instant> expiresAt) {

        /** The token is not shown. */
        @Override
        public String toString() {
            return "Pass[socket=" + BaseUrl.show(socket) + ", expiresAt=" + expiresAt + "]";
        }
    }
}
