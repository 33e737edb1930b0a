package dev.rookery.daemon.internal.node;

import dev.rookery.api.Caller;
import dev.rookery.api.console.ConsoleEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Says when the authority of a console's caller is about to end, and that it has. Used by one thread. */
final class AuthorityWatch {

    private static final Duration WARNING = Duration.ofSeconds(60);

    private final Caller caller;
    private final Clock clock;
    private final Runnable lost;
    private boolean warned;
    private boolean ended;

    /**
     * Creates a watch.
     *
     * @param lost is run once when the authority has ended
     */
    AuthorityWatch(Caller caller, Clock clock, Runnable lost) {
        this.caller = caller;
        this.clock = clock;
        this.lost = lost;
    }

    Optional<ConsoleEvent> look() {
        if (!(caller instanceof Caller.User user) || ended) {
            return Optional.empty();
        }
        var now = clock.instant();
        if (!now.isBefore(user.expiresAt())) {
            ended = true;
            lost.run();
            return Optional.of(new ConsoleEvent.AuthorityLost("the authority expired at " + user.expiresAt()));
        }
        if (!warned && !now.plus(WARNING).isBefore(user.expiresAt())) {
            warned = true;
            return Optional.of(new ConsoleEvent.AuthorityExpiring());
        }
        return Optional.empty();
    }
}
