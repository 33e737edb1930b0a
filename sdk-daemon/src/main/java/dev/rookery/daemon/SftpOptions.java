package dev.rookery.daemon;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * The SFTP server of a daemon.
 *
 * @param host the address to listen on; default {@code 0.0.0.0}
 * @param port the port to listen on, 0 for any free one; default 2022
 * @param readOnly whether nothing can be changed; default false
 * @param keyOnly whether passwords are refused; default false
 * @param passwordAttempts wrong passwords of one address until it has to wait; default 3
 * @param keyAttempts keys of one address that the panel does not know, until it has to wait; default 20
 * @param cooldown how long it has to wait; default 60 s
 * @param maxConnections how many clients may be logged in; default 512
 * @param maxConnectionsPerAddress how many connections one address may have; default 64
 * @param maxConnectionsPerUser how many connections one user may have to one server; default 32
 * @param loginTimeout how long a client may take to log in; default 60 s
 * @param idleTimeout how long a client may say nothing; default 30 min
 * @param recheckInterval how often the panel is asked again whether somebody may stay; default 5 min
 */
@Value.Builder
public record SftpOptions(
        String host,
        int port,
        boolean readOnly,
        boolean keyOnly,
        int passwordAttempts,
        int keyAttempts,
        Duration cooldown,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxConnectionsPerUser,
        Duration loginTimeout,
        Duration idleTimeout,
        Duration recheckInterval) {

    private static final int CONNECTIONS_MAX = 100_000;

    /** Checks every value. */
    public SftpOptions {
        Checks.notBlank(host, "system.sftp.bind_address");
        Checks.range(0, port, 65535, "system.sftp.bind_port");
        Checks.range(1, passwordAttempts, 1_000_000, "system.sftp.limits.authentication_password_attempts");
        Checks.range(1, keyAttempts, 1_000_000, "system.sftp.limits.authentication_pubkey_attempts");
        Checks.positive(cooldown, "system.sftp.limits.authentication_cooldown");
        Checks.range(1, maxConnections, CONNECTIONS_MAX, "sftp: maxConnections");
        Checks.range(1, maxConnectionsPerAddress, CONNECTIONS_MAX, "sftp: maxConnectionsPerAddress");
        Checks.range(1, maxConnectionsPerUser, CONNECTIONS_MAX, "sftp: maxConnectionsPerUser");
        Checks.positive(loginTimeout, "sftp: loginTimeout");
        Checks.positive(idleTimeout, "sftp: idleTimeout");
        Checks.positive(recheckInterval, "sftp: recheckInterval");
    }

    /** Returns a builder with every default. */
    public static SftpOptionsBuilder builder() {
        return new SftpOptionsBuilder()
                .host("0.0.0.0")
                .port(2022)
                .readOnly(false)
                .keyOnly(false)
                .passwordAttempts(3)
                .keyAttempts(20)
                .cooldown(Duration.ofSeconds(60))
                .maxConnections(512)
                .maxConnectionsPerAddress(64)
                .maxConnectionsPerUser(32)
                .loginTimeout(Duration.ofSeconds(60))
                .idleTimeout(Duration.ofMinutes(30))
                .recheckInterval(Duration.ofMinutes(5));
    }
}
