package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.RookeryException;
import dev.rookery.daemon.SftpOptions;
import dev.rookery.kit.NamedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SFTP server of a node: listens, lets those in whom the panel lets in, and gives each channel a thread. There is no shell and no command to
 * run, nothing is forwarded. Thread-safe.
 */
public final class SftpServer implements AutoCloseable {

    static final AttributeKey<SftpAccess> ACCESS = new AttributeKey<>();

    private static final Logger LOG = LoggerFactory.getLogger(SftpServer.class);
    /** Ours are refused before, without an end of the connection. */
    private static final int CHANNELS_MAX = 64;
    /** Each key counts twice: as it comes, and again with the panel's answer. How often the panel is asked has a bound of its own. */
    private static final int TRIES_MAX = 20;

    private static final Duration LAST_WORD = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 500;

    private static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521,
            BuiltinDHFactories.dhg14_256);

    private static final List<BuiltinCiphers> CIPHERS = List.of(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.aes128ctr,
            BuiltinCiphers.aes192ctr,
            BuiltinCiphers.aes256ctr);

    private static final List<BuiltinMacs> MACS = List.of(
            BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512);

    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.sk_ssh_ed25519,
            BuiltinSignatures.sk_ecdsa_sha2_nistp256,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private final SftpOptions options;
    private final SftpNode node;
    private final SshServer ssh;
    private final ExecutorService channels;
    private final ScheduledExecutorService timer;
    private final SftpActivity activity;
    private final Budgets budgets;
    private final ClientLog log;

    private SftpServer(SftpOptions options, SftpNode node) {
        this.options = options;
        this.node = node;
        this.budgets = Budgets.of(options);
        this.log = new ClientLog(node.clock());
        this.channels = new ThreadPoolExecutor(
                0,
                // As many as there may be channels.
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                NamedThreads.platform("rookery-sftp"));
        this.timer = new ScheduledThreadPoolExecutor(1, NamedThreads.platform("rookery-sftp-timer"));
        this.activity = new SftpActivity(node.activity(), node.clock());
        this.ssh = ServerBuilder.builder().build();
    }

    /**
     * Makes the node's key if there is none, and listens.
     *
     * @throws IOException if it cannot listen, or there is no key
     */
    public static SftpServer start(SftpOptions options, SftpNode node) throws IOException {
        var server = new SftpServer(options, node);
        try {
            server.listen();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Returns the port that it listens on. */
    public int port() {
        return ssh.getPort();
    }

    private void listen() throws IOException {
        var key = HostKey.in(node.data());
        ssh.setHost(options.host());
        ssh.setPort(options.port());
        ssh.setKeyPairProvider(KeyPairProvider.wrap(key));
        ssh.setSessionFactory(new SftpConnection.Factory(ssh));
        ssh.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        algorithms();
        bounds();
        logins();
        ssh.setChannelFactories(List.<ChannelFactory>of(new SftpChannel.Factory(budgets)));
        // Refused without a word: the library writes one into the log for each.
        ssh.setGlobalRequestHandlers(
                List.of((connection, request, wantReply, buffer) -> RequestHandler.Result.ReplyFailure));
        ssh.setSubsystemFactories(List.of(new Subsystem()));
        ssh.addSessionListener(new Connections(options));
        try {
            ssh.start();
        } catch (IOException e) {
            throw new IOException(
                    "SFTP cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
        }
        timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("SFTP listens on {}:{}, its key is {}", options.host(), ssh.getPort(), HostKey.fingerprint(key));
    }

    private void algorithms() {
        ssh.setKeyExchangeFactories(NamedFactory.<BuiltinDHFactories, KeyExchangeFactory>setUpTransformedFactories(
                true, KEY_EXCHANGES, ServerBuilder.DH2KEX));
        ssh.setCipherFactories(List.copyOf(NamedFactory.setUpBuiltinFactories(true, CIPHERS)));
        ssh.setMacFactories(List.copyOf(NamedFactory.setUpBuiltinFactories(true, MACS)));
        ssh.setSignatureFactories(List.copyOf(NamedFactory.setUpBuiltinFactories(true, SIGNATURES)));
        ssh.setCompressionFactories(List.of(BuiltinCompressions.none));
    }

    private void bounds() {
        CoreModuleProperties.AUTH_TIMEOUT.set(ssh, options.loginTimeout());
        CoreModuleProperties.IDLE_TIMEOUT.set(ssh, options.idleTimeout());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(ssh, TRIES_MAX);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(ssh, CHANNELS_MAX);
        CoreModuleProperties.WINDOW_SIZE.set(ssh, (long) ChannelShare.WINDOW_MIN);
        CoreModuleProperties.DISCONNECT_TIMEOUT.set(ssh, LAST_WORD);
        CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(ssh, LAST_WORD);
        CoreModuleProperties.COMMAND_EXIT_TIMEOUT.set(ssh, LAST_WORD);
        CoreModuleProperties.STOP_WAIT_TIME.set(ssh, LAST_WORD);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(ssh, "Rookery");
        CoreModuleProperties.SOCKET_KEEPALIVE.set(ssh, true);
        CoreModuleProperties.TCP_NODELAY.set(ssh, true);
    }

    private void logins() {
        var logins = new Logins(node, options, log);
        var keys = KeyLogin.factory(logins);
        ssh.setPublickeyAuthenticator((username, key, session) -> KeyLogin.taken(key, session));
        ssh.setKeyboardInteractiveAuthenticator(null);
        ssh.setHostBasedAuthenticator(null);
        if (options.keyOnly()) {
            ssh.setUserAuthFactories(List.<UserAuthFactory>of(keys));
        } else {
            ssh.setPasswordAuthenticator(new PasswordLogin(logins));
            ssh.setUserAuthFactories(List.<UserAuthFactory>of(keys, UserAuthPasswordFactory.INSTANCE));
        }
    }

    private void look() {
        try {
            node.sessions().look(node.clock().instant());
            activity.flush();
        } catch (RuntimeException e) {
            LOG.error("SFTP sessions could not be looked at", e);
        }
    }

    /** Ends every session, and what they were doing. Repeating has no effect. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            ssh.stop(true);
        } catch (IOException e) {
            LOG.warn("SFTP could not be ended in order: {}", e.getMessage());
        }
        channels.shutdownNow();
        try {
            if (!channels.awaitTermination(LAST_WORD.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("some SFTP channels have not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        activity.flush();
    }

    /** Makes what answers on a channel. */
    private final class Subsystem implements SubsystemFactory {

        @Override
        public String getName() {
            return "sftp";
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws IOException {
            var session = channel.getServerSession();
            var access = Objects.requireNonNull(session.getAttribute(ACCESS), "nobody has logged in");
            try {
                access.require();
            } catch (RookeryException e) {
                throw new IOException(e.getMessage(), e);
            }
            return new SftpCommand((SftpChannel) channel, access, activity.of(access), node.clock(), channels, log);
        }
    }
}
