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
 * @param maxConnectionsPerUser how many connections one user may have, to all servers together; default 32
 * @param maxChannels how many channels all users may have; each has a thread, and takes about 1 MiB when it is busy; default 512
 * @param maxChannelsPerUser how many channels one user may have; default 32
 * @param maxOpenFiles how many files and directories all users may have open, each of which takes two descriptors; default 4096
 * @param maxOpenFilesPerUser how many files and directories one user may have open; default 512
 * @param maxBufferBytes memory for channels that move much at once, beyond what each of them has for itself, in either direction; default 64 MiB
 * @param maxBufferBytesPerUser how much of it one user may have; default 8 MiB
 * @param maxQuestions how many log-ins may wait for the panel's answer at a time, the rest waits in line; default 32
 * @param maxQuestionsPerAddress how many log-ins from one address may wait for the panel's answer at a time; default 4
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
        int maxChannels,
        int maxChannelsPerUser,
        int maxOpenFiles,
        int maxOpenFilesPerUser,
        long maxBufferBytes,
        long maxBufferBytesPerUser,
        int maxQuestions,
        int maxQuestionsPerAddress,
        Duration loginTimeout,
        Duration idleTimeout,
        Duration recheckInterval) {

    private static final int CONNECTIONS_MAX = 100_000;
    private static final int OPEN_FILES_MAX = 1_000_000;

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
        Checks.range(1, maxChannels, CONNECTIONS_MAX, "sftp: maxChannels");
        Checks.range(1, maxChannelsPerUser, CONNECTIONS_MAX, "sftp: maxChannelsPerUser");
        Checks.range(1, maxOpenFiles, OPEN_FILES_MAX, "sftp: maxOpenFiles");
        Checks.range(1, maxOpenFilesPerUser, OPEN_FILES_MAX, "sftp: maxOpenFilesPerUser");
        Checks.range(0, maxBufferBytes, Long.MAX_VALUE, "sftp: maxBufferBytes");
        Checks.range(0, maxBufferBytesPerUser, Long.MAX_VALUE, "sftp: maxBufferBytesPerUser");
        Checks.range(1, maxQuestions, CONNECTIONS_MAX, "sftp: maxQuestions");
        Checks.range(1, maxQuestionsPerAddress, CONNECTIONS_MAX, "sftp: maxQuestionsPerAddress");
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
                .maxChannels(512)
                .maxChannelsPerUser(32)
                .maxOpenFiles(4096)
                .maxOpenFilesPerUser(512)
                .maxBufferBytes(64 << 20)
                .maxBufferBytesPerUser(8 << 20)
                .maxQuestions(32)
                .maxQuestionsPerAddress(4)
                .loginTimeout(Duration.ofSeconds(60))
                .idleTimeout(Duration.ofMinutes(30))
                .recheckInterval(Duration.ofMinutes(5));
    }
}
