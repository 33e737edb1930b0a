package dev.rookery.daemon;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Deadlines of a server's life.
 *
 * @param stopTimeout how long a server may take to stop before it is killed; default 10 min
 * @param suspendTimeout the same when the panel has suspended it; default 1 min
 * @param reinstallStopTimeout the same before it is installed again; default 10 s
 * @param installTimeout how long an installation may take, from when it has a place; default 30 min
 * @param concurrentInstalls how many installations run at the same time, the others wait; default 4
 */
@Value.Builder
public record PowerOptions(
        Duration stopTimeout,
        Duration suspendTimeout,
        Duration reinstallStopTimeout,
        Duration installTimeout,
        int concurrentInstalls) {

    /** Checks every value. */
    public PowerOptions {
        Checks.positive(stopTimeout, "stop_timeout");
        Checks.positive(suspendTimeout, "suspend_timeout");
        Checks.positive(reinstallStopTimeout, "reinstall_stop_timeout");
        Checks.positive(installTimeout, "install_timeout");
        if (concurrentInstalls < 1) {
            throw new InvalidInputException("concurrent_installs: " + concurrentInstalls + " (expected: at least 1)");
        }
    }

    /** Returns a builder with every default. */
    public static PowerOptionsBuilder builder() {
        return new PowerOptionsBuilder()
                .stopTimeout(Duration.ofMinutes(10))
                .suspendTimeout(Duration.ofMinutes(1))
                .reinstallStopTimeout(Duration.ofSeconds(10))
                .installTimeout(Duration.ofMinutes(30))
                .concurrentInstalls(4);
    }
}
