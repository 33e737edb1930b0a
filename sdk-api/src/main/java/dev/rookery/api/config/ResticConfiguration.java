package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.immutables.value.Value;

/**
 * Backups by restic. Source: node API §6.1.
 *
 * @param repository where the repository lies; default {@code /var/lib/pterodactyl/backups/restic}
 * @param passwordFile the file with its password; default {@code /var/lib/pterodactyl/backups/restic_password}
 * @param retryLock how long to wait for its lock; default {@code 60} s
 * @param environment variables for restic; empty by default
 */
@Value.Builder
public record ResticConfiguration(
        @Key("repository") String repository,
        @Key("password_file") String passwordFile,
        @Key("retry_lock_seconds") Duration retryLock,
        @Key("environment") Map<String, String> environment) {

    /** Copies the collections. */
    public ResticConfiguration {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static ResticConfigurationBuilder builder() {
        return new ResticConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN)
                        .system()
                        .backups()
                        .restic());
    }

    /** Hides the variables, which hold secrets. */
    @Override
    public String toString() {
        return "ResticConfiguration[repository=" + repository + ", environment=" + environment.keySet() + "]";
    }
}
