package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.RookeryException;
import dev.rookery.kit.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connector of a tunnel running: starts it again when it ends, after pauses that grow, and replaces it when its token or its way of starting is another one. A
 * replacement runs beside the old one until it is ready; one that does not get ready goes, and the old one stays. What an earlier program left running is taken over.
 * Thread-safe.
 *
 * <p>It has no thread of its own: whoever has one calls {@link #look} when the last call said so. Nobody waits for that who asks how the connector is.
 */
@Incubating
public final class ConnectorKeeper implements AutoCloseable {

    /** How long a replacement may take until it is ready. */
    public static final Duration READY_LIMIT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorKeeper.class);
    private static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(2), 2, Duration.ofMinutes(2), 0.2);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(10);

    private final Clock clock;
    private Optional<Wanted> wanted = Optional.empty();
    private volatile Optional<Running> present = Optional.empty();
    private Optional<Running> next = Optional.empty();
    private volatile Optional<String> said = Optional.empty();
    private Instant notBefore = Instant.MIN;
    private int failures;

    private record Wanted(ConnectorLauncher launcher, String token) {}

    /** From nothing that is wanted now, if it was taken over and is to be replaced. */
    private record Running(Connector connector, Optional<Wanted> from, Instant since) {

        boolean is(Optional<Wanted> wanted) {
            return from.isPresent() && from.equals(wanted);
        }
    }

    /**
     * Creates it; nothing runs yet.
     *
     * @param clock by which pauses are measured
     */
    public ConnectorKeeper(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Sets what is to run from now on. The next look sees to it. */
    public synchronized void want(ConnectorLauncher launcher, String connectorToken) {
        var now = Optional.of(
                new Wanted(requireNonNull(launcher, "launcher"), requireNonNull(connectorToken, "connectorToken")));
        if (!now.equals(wanted)) {
            wanted = now;
            failures = 0;
            notBefore = Instant.MIN;
        }
    }

    /**
     * Stops what runs. The next look starts nothing.
     *
     * @throws RookeryException if something cannot be stopped now; it is still known then, and stopped by the next call
     */
    @Override
    public synchronized void close() {
        wanted = Optional.empty();
        present.ifPresent(one -> one.connector().close());
        present = Optional.empty();
        leave();
    }

    /**
     * Lets go of what runs without stopping it, for a later program to take over; a replacement that is not ready yet is stopped. The next look starts nothing.
     */
    public synchronized void leave() {
        wanted = Optional.empty();
        next.ifPresent(one -> one.connector().close());
        next = Optional.empty();
        present = Optional.empty();
        said = Optional.empty();
    }

    /** Returns how the connector is; while it is replaced, how the old one is. */
    public ConnectorStatus status() {
        return present.map(one -> one.connector().status()).orElse(ConnectorStatus.OFF);
    }

    /** Returns what is in the way, for people; empty if nothing is. No secret is in it. */
    public Optional<String> said() {
        return said;
    }

    /** Looks how things are, and does what there is to do; returns when to look again. May take as long as a connector takes to stop. */
    public synchronized Instant look() {
        wanted.filter(one -> present.isEmpty() && next.isEmpty()).ifPresent(this::adopt);
        present.ifPresent(this::lookAtPresent);
        next.ifPresent(this::lookAtNext);
        wanted.ifPresent(this::start);
        boolean settled = next.isEmpty() && present.isPresent() && failures == 0;
        return clock.instant().plus(settled ? LATER : SOON);
    }

    private void adopt(Wanted from) {
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        try {
            present = from.launcher()
                    .adopt(from.token())
                    .map(left -> new Running(
                            left.connector(), left.current() ? Optional.of(from) : Optional.empty(), clock.instant()));
        } catch (RookeryException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void lookAtPresent(Running one) {
        var status = one.connector().status();
        if (!status.running()) {
            one.connector().close();
            present = Optional.empty();
            failed("it ended" + exit(status));
        } else if (status.ready() && one.is(wanted)) {
            failures = 0;
            said = Optional.empty();
        }
    }

    private void lookAtNext(Running one) {
        var status = one.connector().status();
        if (!one.is(wanted)) {
            drop(one);
        } else if (status.ready() || (present.isEmpty() && status.running())) {
            // Requests that go by the old one end before it does.
            present.ifPresent(old -> old.connector().close());
            present = Optional.of(one);
            next = Optional.empty();
        } else if (!status.running()) {
            drop(one);
            failed("its replacement ended" + exit(status));
        } else if (!clock.instant().isBefore(one.since().plus(READY_LIMIT))) {
            drop(one);
            failed("its replacement did not get ready within " + READY_LIMIT.toSeconds() + " s");
        }
    }

    private void drop(Running one) {
        one.connector().close();
        next = Optional.empty();
    }

    private void start(Wanted from) {
        boolean runs = next.isPresent()
                || present.filter(one -> one.is(Optional.of(from))).isPresent();
        if (runs || clock.instant().isBefore(notBefore)) {
            return;
        }
        try {
            var started =
                    Optional.of(new Running(from.launcher().start(from.token()), Optional.of(from), clock.instant()));
            if (present.isPresent()) {
                next = started;
            } else {
                present = started;
            }
        } catch (RookeryException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void failed(String why) {
        failures++;
        notBefore = clock.instant().plus(BACKOFF.pauseAfter(failures));
        said = Optional.of(why);
        LOG.warn("A connector of a tunnel: {}", why);
    }

    private static String exit(ConnectorStatus status) {
        return status.exitCode().isPresent() ? " with " + status.exitCode().getAsInt() : "";
    }
}
