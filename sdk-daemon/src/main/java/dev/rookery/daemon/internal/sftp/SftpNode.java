package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Panel;
import dev.rookery.daemon.internal.activity.ActivityLog;
import dev.rookery.daemon.internal.server.ManagedServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What an SFTP server needs of its node.
 *
 * @param data where the servers' files are, and the key of the node
 * @param panel says who may log in
 * @param panelTimeout the longest time a question to it may take
 * @param clock the time
 * @param threads run what waits for the panel
 * @param servers finds a server
 * @param sessions takes in who has logged in
 * @param activity is told what was changed
 */
public record SftpNode(
        Path data,
        Panel panel,
        Duration panelTimeout,
        Clock clock,
        Executor threads,
        Function<ServerId, Optional<ManagedServer>> servers,
        SftpSessions sessions,
        ActivityLog activity) {}
