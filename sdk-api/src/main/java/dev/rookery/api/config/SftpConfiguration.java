package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * A node's SFTP server. Source: node API §6.1.
 *
 * @param enabled whether there is SFTP; default {@code true}
 * @param bindAddress the address of SFTP; default {@code 0.0.0.0}
 * @param bindPort the port of SFTP; default {@code 2022}
 * @param readOnly whether nothing can be written by SFTP; default {@code false}
 * @param keyOnly whether passwords are refused; default {@code false}
 * @param keyAlgorithm the kind of the host key; default {@code ssh-ed25519}
 * @param passwordAuthDisabled whether passwords are refused; default {@code false}
 * @param directoryEntryLimit how many entries a directory shows at most; default {@code 20000}
 * @param directoryEntrySendAmount how many entries are sent at once; default {@code 500}
 * @param limits wrong attempts
 * @param shell the console by SSH
 * @param activity what is activity
 */
@Value.Builder
public record SftpConfiguration(
        @Key("enabled") boolean enabled,
        @Key("bind_address") String bindAddress,
        @Key("bind_port") int bindPort,
        @Key("read_only") boolean readOnly,
        @Key("key_only") boolean keyOnly,
        @Key("key_algorithm") String keyAlgorithm,
        @Key("disable_password_auth") boolean passwordAuthDisabled,
        @Key("directory_entry_limit") int directoryEntryLimit,
        @Key("directory_entry_send_amount") int directoryEntrySendAmount,
        @Key("limits") Limits limits,
        @Key("shell") Shell shell,
        @Key("activity") Activity activity) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static SftpConfigurationBuilder builder() {
        return new SftpConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().sftp());
    }

    /**
     * How often a login may fail.
     *
     * @param passwordAttempts wrong passwords until the address has to wait; default {@code 3}
     * @param publicKeyAttempts wrong keys until the address has to wait; default {@code 20}
     * @param cooldown how long it has to wait; default {@code 60} s
     */
    public record Limits(
            @Key("authentication_password_attempts") int passwordAttempts,
            @Key("authentication_pubkey_attempts") int publicKeyAttempts,
            @Key("authentication_cooldown") Duration cooldown) {}

    /**
     * The console by SSH.
     *
     * @param enabled whether SSH leads to the console; default {@code true}
     * @param cliName the word that begins the shell's own commands; default {@code .wings}
     */
    public record Shell(
            @Key("enabled") boolean enabled,
            @Key("cli.name") String cliName) {}

    /**
     * What is activity.
     *
     * @param logLogins whether logins are activity; default {@code false}
     * @param logFileReads whether reading a file is activity; default {@code false}
     */
    public record Activity(
            @Key("log_logins") boolean logLogins,
            @Key("log_file_reads") boolean logFileReads) {}
}
