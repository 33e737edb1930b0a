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
 * @param concurrentStarts how many servers are started at the same time where many are, after a start of the daemon or of the engine; the
 *     others wait; default 4
 */
@Value.Builder
public record PowerOptions(
        Duration stopTimeout,
        Duration suspendTimeout,
        Duration reinstallStopTimeout,
        Duration installTimeout,
        int concurrentInstalls,
        int concurrentStarts) {

    /** Checks every value. */
    public PowerOptions {
        Checks.positive(stopTimeout, "stop_timeout");
        Checks.positive(suspendTimeout, "suspend_timeout");
        Checks.positive(reinstallStopTimeout, "reinstall_stop_timeout");
        Checks.positive(installTimeout, "install_timeout");
        places(concurrentInstalls, "concurrent_installs");
        places(concurrentStarts, "concurrent_starts");
    }

    /** Returns a builder with every default. */
    public static PowerOptionsBuilder builder() {
        return new PowerOptionsBuilder()
                .stopTimeout(Duration.ofMinutes(10))
                .suspendTimeout(Duration.ofMinutes(1))
                .reinstallStopTimeout(Duration.ofSeconds(10))
                .installTimeout(Duration.ofMinutes(30))
                .concurrentInstalls(4)
                .concurrentStarts(4);
    }

    private static void places(int count, String name) {
        if (count < 1) {
            throw new InvalidInputException(name + ": " + count + " (expected: at least 1)");
        }
    }
}
