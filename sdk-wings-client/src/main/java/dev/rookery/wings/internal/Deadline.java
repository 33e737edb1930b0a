package dev.rookery.wings.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;

/**
 * When a call has to be over, all of its tries included.
 *
 * @param total how long it may take from its begin; zero means that only silence ends it
 * @param beginNanos when it began
 */
record Deadline(Duration total, long beginNanos) {

    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    static Deadline after(Duration total) {
        return new Deadline(total, System.nanoTime());
    }

    boolean passed() {
        return !total.isZero() && leftNanos() <= 0;
    }

    /** Has the HTTP library end the call in time. */
    void bound(Call call) {
        if (!total.isZero()) {
            // Zero would mean no bound at all.
            call.timeout().timeout(Math.max(leftNanos(), LEAST_NANOS), TimeUnit.NANOSECONDS);
        }
    }

    Duration shorterOf(Duration other) {
        return total.isZero() || total.compareTo(other) > 0 ? other : total;
    }

    private long leftNanos() {
        return total.toNanos() - (System.nanoTime() - beginNanos);
    }

    @Override
    public String toString() {
        return total.isZero() ? "the time allowed between bytes" : total.toMillis() + " ms";
    }
}
