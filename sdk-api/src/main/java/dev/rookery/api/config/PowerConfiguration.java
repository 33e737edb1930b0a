package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How long power actions may take; Rookery's own. Source: node API §6.1.
 *
 * @param stopTimeout the longest stop before a server is killed; default {@code 600} s
 * @param suspendTimeout the longest stop of a server that is being suspended; default {@code 60} s
 * @param reinstallStopTimeout the longest stop of a server that is being reinstalled; default {@code 10} s
 * @param installTimeout the longest installation; default {@code 1800} s
 * @param concurrentInstalls how many installations run at the same time, the others wait; default {@code 4}
 * @param concurrentStarts how many servers are started at the same time after a start of the node or the engine; default {@code 4}
 */
@Value.Builder
public record PowerConfiguration(
        @Key("stop_timeout") Duration stopTimeout,
        @Key("suspend_timeout") Duration suspendTimeout,
        @Key("reinstall_stop_timeout") Duration reinstallStopTimeout,
        @Key("install_timeout") Duration installTimeout,
        @Key("concurrent_installs") int concurrentInstalls,
        @Key("concurrent_starts") int concurrentStarts) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static PowerConfigurationBuilder builder() {
        return new PowerConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).power());
    }
}
