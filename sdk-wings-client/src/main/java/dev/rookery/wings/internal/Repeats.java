package dev.rookery.wings.internal;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tries of one call: counts them, and waits between them as long as the policy says, or longer if the peer asks for it. */
final class Repeats {

    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);
    private static final String RETRY_AFTER = "Retry-After";
    private static final int EARLIER_MAX = 8;

    private final HttpTransport.Retries policy;
    private final Duration budget;
    private final Optional<CancelSignal> cancel;
    private final long begin = System.nanoTime();
    private final List<RookeryException> earlier = new ArrayList<>();
    private int failures;
    private Duration asked = Duration.ZERO;

    Repeats(HttpTransport.Retries policy, Duration budget, Optional<CancelSignal> cancel) {
        this.policy = policy;
        this.budget = budget;
        this.cancel = cancel;
    }

    /** Notes what a peer that refused said of when to come back. Dates are not read: clocks differ. */
    void refused(Headers headers) {
        asked = Duration.ZERO;
        var value = headers.get(RETRY_AFTER);
        if (value != null && value.matches("\\d{1,6}")) {
            asked = Duration.ofSeconds(Long.parseLong(value));
        }
    }

    /** Waits for the next try; false if there shall be none. An interrupt ends the pause, and stays set. */
    boolean again(RookeryException e) {
        if (!worthwhile(e)) {
            return false;
        }
        var pause = policy.backoff().pauseAfter(++failures);
        if (pause.compareTo(asked) < 0) {
            pause = asked;
        }
        // Said for once: what fails next may be something else.
        asked = Duration.ZERO;
        if (pause.plusNanos(System.nanoTime() - begin).compareTo(budget) > 0) {
            return false;
        }
        LOG.debug("trying again in {} ms: {}", pause.toMillis(), e.getMessage());
        boolean again = sleep(pause);
        if (again && earlier.size() < EARLIER_MAX) {
            earlier.add(e);
        }
        return again;
    }

    /** Returns the failures that were followed by another try, the first few of them. */
    List<RookeryException> earlier() {
        return earlier;
    }

    private boolean worthwhile(RookeryException e) {
        return e.retryable()
                && e.answer()
                        .map(answer -> policy.transientStatus().test(answer.status()))
                        .orElse(e instanceof UnavailableException);
    }

    private boolean sleep(Duration pause) {
        var woken = new CountDownLatch(1);
        var registration = cancel.map(signal -> signal.onCancel(woken::countDown));
        try {
            // Woken early, the next try says that it was cancelled.
            boolean early = woken.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            LOG.trace("paused, cancelled: {}", early);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            registration.ifPresent(CancelSignal.Registration::close);
        }
    }
}
