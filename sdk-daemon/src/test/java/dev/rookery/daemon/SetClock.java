package dev.rookery.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on like the system's, and that a test sets forward and back, or stops. */
final class SetClock extends Clock {

    private volatile Clock source = Clock.systemUTC();

    /** Sets it by so much from the system's time. */
    void set(Duration by) {
        source = Clock.offset(Clock.systemUTC(), by);
    }

    /** Stops it, so that what a test does is all done at one time, however long it takes. */
    void stop(Instant at) {
        source = Clock.fixed(at, ZoneOffset.UTC);
    }

    @Override
    public Instant instant() {
        return source.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
