package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How activity is sent to the panel. Source: node API §6.1.
 *
 * @param sendInterval how often activity is sent to the panel; default {@code 60} s
 * @param sendCount how many entries of activity are sent at once; default {@code 100}
 * @param crashLines how many last lines the activity of a crash holds; default {@code 2}
 */
@Value.Builder
public record ActivityConfiguration(
        @Key("activity_send_interval") Duration sendInterval,
        @Key("activity_send_count") int sendCount,
        @Key("crash_detection_activity_lines") int crashLines) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static ActivityConfigurationBuilder builder() {
        return new ActivityConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().activity());
    }
}
