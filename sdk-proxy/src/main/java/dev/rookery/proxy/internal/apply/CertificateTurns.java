package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.CertificateSource;
import dev.rookery.proxy.apply.CertificateState;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.store.RouteStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When certificates are looked at: after changes, when one is due, and every hour. A thread of its own: authorities take their time. Thread-safe. */
public final class CertificateTurns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateTurns.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final CertificateStage stage;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread = Turn.thread("proxy-certificates");
    private final Turn turn = new Turn(thread, this::look);
    private volatile boolean started;

    /** Creates it; it does nothing until it is started. See {@link CertificateStage}. */
    public CertificateTurns(
            RouteStore store,
            ProxyEngine engine,
            Optional<CertificateSource> source,
            Set<Duration> warnings,
            Clock clock,
            Events events,
            Runnable apply) {
        var watch = new ExpiryWatch(store, engine, source, warnings, clock, events);
        this.stage = new CertificateStage(store, engine, source, watch, clock, events, apply);
        this.clock = clock;
    }

    /** Looks now, and again and again. */
    public void start() {
        started = true;
        soon();
    }

    /** Looks soon, because something has changed. */
    public void soon() {
        if (started) {
            turn.soon();
        }
    }

    /** Returns how far the certificates of names were when somebody last looked. */
    public List<CertificateState> states() {
        return stage.states();
    }

    private void look() {
        try {
            turn.in(pause(stage.look()));
        } catch (RuntimeException e) {
            LOG.warn("Certificates cannot be looked at: {}", e.getMessage());
            turn.in(AGAIN);
        }
    }

    private Duration pause(Instant next) {
        var pause = Duration.between(clock.instant(), next);
        return pause.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : pause;
    }

    /** Ends what is under way: an authority may take minutes, and is asked again later. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("What gets certificates did not end within {}", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
