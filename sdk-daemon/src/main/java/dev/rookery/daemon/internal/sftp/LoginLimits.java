package dev.rookery.daemon.internal.sftp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often log-ins from one address may fail. Each address is counted by itself, so that nobody can lock others out; of IPv6, a whole /64
 * counts as one, since its holder has all of it. Thread-safe.
 */
final class LoginLimits {

    private static final int ADDRESSES_MAX = 10_000;
    private static final int PREFIX_BYTES = 8;

    private final int attempts;
    private final Duration cooldown;
    private final Clock clock;
    // Guarded by this. The one that failed longest ago goes first when there are too many.
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    private record Failures(int count, Instant last) {}

    /**
     * Creates the limits.
     *
     * @param attempts how many may fail until the address has to wait
     * @param cooldown how long it has to wait after the last one
     */
    LoginLimits(int attempts, Duration cooldown, Clock clock) {
        this.attempts = attempts;
        this.cooldown = cooldown;
        this.clock = clock;
    }

    /** Returns what an address is counted as. */
    static String key(InetAddress address) {
        return address instanceof Inet6Address v6
                ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), PREFIX_BYTES))
                : address.getHostAddress();
    }

    /** Returns whether an address has to wait. */
    synchronized boolean blocked(InetAddress address) {
        var known = failures.get(key(address));
        if (known == null) {
            return false;
        }
        if (over(known)) {
            failures.remove(key(address));
            return false;
        }
        return known.count() >= attempts;
    }

    /** Takes note of a log-in that failed. */
    synchronized void failed(InetAddress address) {
        var now = clock.instant();
        failures.merge(
                key(address),
                new Failures(1, now),
                (known, one) -> over(known) ? one : new Failures(known.count() + 1, now));
    }

    private boolean over(Failures known) {
        return !clock.instant().isBefore(known.last().plus(cooldown));
    }
}
