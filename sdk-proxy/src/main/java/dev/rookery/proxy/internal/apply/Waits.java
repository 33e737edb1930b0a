package dev.rookery.proxy.internal.apply;

import java.time.Duration;

/**
 * How long others are waited for.
 *
 * @param lock until they give back what one may have at a time
 * @param collect for further changes, when some had to wait anyway
 */
public record Waits(Duration lock, Duration collect) {

    /** Half a minute, and a quarter of a second. */
    static final Waits USUAL = new Waits(Duration.ofSeconds(30), Duration.ofMillis(250));
}
