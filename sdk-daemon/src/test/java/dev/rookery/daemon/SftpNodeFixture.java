package dev.rookery.daemon;

import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.api.panel.ServerSettingsBuilder;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** A node with SFTP, one server and one user, on a panel in memory; and clients of it. */
final class SftpNodeFixture implements AutoCloseable {

    static final String PASSWORD = "correct horse";

    final MemoryPanel panel = new MemoryPanel();
    final SetClock clock = new SetClock();
    final ServerId id = ServerId.random();
    final UUID user = UUID.randomUUID();
    final Path root;

    private final UnaryOperator<SftpOptionsBuilder> options;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private SshClient client;
    private Daemon daemon;

    SftpNodeFixture(Path root) {
        this(root, sftp -> sftp);
    }

    SftpNodeFixture(Path root, UnaryOperator<SftpOptionsBuilder> options) {
        this.root = root;
        this.options = options;
        configure(settings -> settings);
        panel.scripts.put(id, new InstallScript("x", "sh", ""));
        allow(Permissions.owner());
        start();
        daemon.node().createServer(new CreateServer(id, false));
        await().until(() -> !panel.installs.isEmpty());
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.node()
                        .server(id)
                        .details()
                        .condition()
                        .activity()
                        .isEmpty());
    }

    void start() {
        daemon = Daemon.builder(
                        DaemonOptions.builder(UUID.fromString("00000000-0000-0000-0000-000000000001"), root)
                                .sftp(options.apply(SftpOptions.builder()
                                                .host("127.0.0.1")
                                                .port(0))
                                        .build())
                                .activity(ActivityOptions.builder()
                                        .sendInterval(Duration.ofMillis(50))
                                        .build())
                                .build(),
                        panel)
                .environment(context -> new MemoryEnvironment())
                .clock(clock)
                .build();
        daemon.start();
    }

    void configure(UnaryOperator<ServerSettingsBuilder> change) {
        panel.configurations.put(
                id,
                TestNode.configuration(
                        id,
                        TestNode.GAME,
                        settings -> change.apply(settings.skipEggScripts(true)
                                .build(Build.builder()
                                        .memoryMebibytes(64)
                                        .diskMebibytes(4)
                                        .build())
                                .egg(new ServerSettings.EggReference("", List.of("/secret.txt"), Map.of()))),
                        new ProcessConfiguration.Stop("command", "stop")));
    }

    void allow(Permissions permissions) {
        panel.logins.put(name() + " " + PASSWORD, new SftpAuthority(user, id, permissions));
    }

    void allow(KeyPair key, Permissions permissions) {
        panel.logins.put(
                name() + " " + PublicKeyEntry.toString(key.getPublic()), new SftpAuthority(user, id, permissions));
    }

    /** Lets somebody else in; returns the log-in's name. */
    String allow(String other) {
        var name = other + "." + id.toString().substring(0, 8);
        panel.logins.put(name + " " + PASSWORD, new SftpAuthority(UUID.randomUUID(), id, Permissions.owner()));
        return name;
    }

    static Permissions of(Permission... permissions) {
        return Permissions.of(permissions);
    }

    String name() {
        return "alice." + id.toString().substring(0, 8);
    }

    Daemon daemon() {
        return daemon;
    }

    int port() {
        return daemon.sftpAddress().orElseThrow().getPort();
    }

    Path volume() {
        return root.resolve("volumes").resolve(id.toString());
    }

    SshClient ssh() {
        if (client == null) {
            client = SshClient.setUpDefaultClient();
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
        }
        return client;
    }

    /** Connects without logging in. */
    ClientSession connect(String name) throws IOException {
        var session = ssh().connect(name, "127.0.0.1", port())
                .verify(Duration.ofSeconds(20))
                .getSession();
        opened.add(session);
        return session;
    }

    ClientSession logIn() throws IOException {
        return logIn(name());
    }

    ClientSession logIn(String name) throws IOException {
        var session = connect(name);
        session.addPasswordIdentity(PASSWORD);
        session.auth().verify(Duration.ofSeconds(20));
        return session;
    }

    SftpClient sftp() throws IOException {
        return sftp(logIn());
    }

    SftpClient sftp(ClientSession session) throws IOException {
        var sftp = SftpClientFactory.instance().createSftpClient(session);
        opened.add(sftp);
        return sftp;
    }

    @Override
    public void close() {
        for (var one : opened) {
            try {
                one.close();
            } catch (Exception ignored) {
                // The node may have ended it.
            }
        }
        if (client != null) {
            client.stop();
        }
        daemon.close();
    }
}
