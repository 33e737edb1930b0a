package dev.rookery.daemon;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * When a server that ended without being asked to is started again.
 *
 * @param enabled whether it is, unless the panel says otherwise for a server; default true
 * @param detectCleanExitAsCrash whether that goes for exit code 0 too; default true
 * @param timeout a second crash within this time is not answered by a start; zero means always start again; default 60 s
 */
@Value.Builder
public record CrashDetectionOptions(boolean enabled, boolean detectCleanExitAsCrash, Duration timeout) {

    /** Checks the time. */
    public CrashDetectionOptions {
        Checks.notNegative(timeout, "system.crash_detection.timeout");
    }

    /** Returns a builder with every default. */
    public static CrashDetectionOptionsBuilder builder() {
        return new CrashDetectionOptionsBuilder()
                .enabled(true)
                .detectCleanExitAsCrash(true)
                .timeout(Duration.ofSeconds(60));
    }
}
