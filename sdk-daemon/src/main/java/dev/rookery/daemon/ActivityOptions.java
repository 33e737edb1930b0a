package dev.rookery.daemon;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * How the panel is told what users did on consoles and which servers crashed.
 *
 * @param sendInterval how often it is told; default 60 s
 * @param sendCount how many entries go at once; default 100
 * @param crashLines how many of the last lines the entry of a crash has; default 2
 */
@Value.Builder
public record ActivityOptions(Duration sendInterval, int sendCount, int crashLines) {

    /** Checks every value. */
    public ActivityOptions {
        Checks.positive(sendInterval, "system.activity_send_interval");
        Checks.range(1, sendCount, 1000, "system.activity_send_count");
        Checks.range(0, crashLines, 100, "system.crash_detection_activity_lines");
    }

    /** Returns a builder with every default. */
    public static ActivityOptionsBuilder builder() {
        return new ActivityOptionsBuilder()
                .sendInterval(Duration.ofSeconds(60))
                .sendCount(100)
                .crashLines(2);
    }
}
