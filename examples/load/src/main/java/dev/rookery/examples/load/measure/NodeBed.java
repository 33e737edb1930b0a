package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.testing.panel.PanelServer;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A node with everything it needs, in a temporary directory, started and ended as often as one likes. For one thread. */
final class NodeBed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long END_SECONDS = 60;
    private static final long LOOK_MILLIS = 2;
    private static final int CONNECT_MILLIS = 1000;
    private static final byte[] QUESTION =
            "GET /api/system HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final NodeProgram program;
    private final Path folder;
    private final FakePanel panel = new FakePanel();
    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());
    private final PanelServer served;
    private final int port;
    private final int sftpPort;
    private final NodeConfig config;
    private final List<ServerId> created = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** For a user who breaks off. */
    private final Thread hook = new Thread(this::clear, "leftovers");

    private volatile @Nullable Process process;

    private NodeBed(NodeProgram program, Path folder, NodeConfig.Wish wish) throws IOException {
        this.program = program;
        this.folder = folder;
        this.served = PanelServer.start(panel, credentials, 0);
        this.port = freePort();
        this.config = new NodeConfig(program, folder, wish);
        this.sftpPort = freePort();
        config.write(credentials, served.url(), port, sftpPort);
    }

    /** Prepares a node, which does not run yet. */
    static NodeBed open(NodeProgram program, NodeConfig.Wish wish) throws IOException {
        if (program.runtime().equals("docker")) {
            Docker.requireImage(program.image());
        }
        var bed = new NodeBed(program, Files.createTempDirectory("rookery-load"), wish);
        Runtime.getRuntime().addShutdownHook(bed.hook);
        return bed;
    }

    NodeProgram program() {
        return program;
    }

    NodeCredentials credentials() {
        return credentials;
    }

    URI panelUrl() {
        return served.url();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    int sftpPort() {
        return sftpPort;
    }

    /** Lets a user with a public key, as it stands in OpenSSH's files, do everything over SFTP. */
    void allow(String user, String key) {
        panel.allowKey(user, key, UUID.randomUUID(), Permissions.administrator());
    }

    Path volume(ServerId server) {
        return config.volumes().resolve(server.toString());
    }

    Dialect dialect() {
        return config.dialect();
    }

    long pid() {
        var running = process;
        if (running == null) {
            throw new IllegalStateException("the node does not run");
        }
        return running.pid();
    }

    HttpNode client() {
        return HttpNode.builder(url(), credentials)
                .panelUrl(served.url().toString())
                .dialect(dialect())
                .build();
    }

    /** Has the launcher record a start, where it does that. */
    void rehearse() throws IOException, InterruptedException {
        if (program.rehearses()) {
            var rehearsal = program.with("rehearse", "--config", config.file().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("rehearsal.log").toFile())
                    .start();
            if (!rehearsal.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                rehearsal.destroyForcibly();
            }
        }
    }

    /** Starts the node; returns how long it took until its edge answered anything. */
    Duration start() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        var started = program.with("--config", config.file().toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        process = started;
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new UnavailableException(program.label() + " does not come up; it says: " + lastWords());
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until its log says something; returns how long after {@code beginNanos} that was. */
    Optional<Duration> awaitLog(String text, long beginNanos) throws IOException, InterruptedException {
        while (System.nanoTime() - beginNanos < PATIENCE.toNanos()) {
            if (Files.readString(log()).contains(text)) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - beginNanos));
            }
            Thread.sleep(LOOK_MILLIS * 10);
        }
        return Optional.empty();
    }

    /** Makes servers known that exist already: their files are here and the panel lists them. To be called before the start. */
    List<ServerId> stopped(int count) throws IOException {
        var ids = new ArrayList<ServerId>();
        for (int i = 0; i < count; i++) {
            var id = LoadServer.id();
            Files.createDirectories(volume(id));
            panel.put(LoadServer.configuration(id, program.image()), LoadServer.install(program.image()));
            ids.add(id);
        }
        created.addAll(ids);
        return ids;
    }

    /** Waits until the node lists so many servers. */
    void awaitServers(int count) throws InterruptedException {
        await(count + " servers", () -> client().servers().size() >= count);
    }

    /** Creates a server and starts it. */
    ServerId run() throws InterruptedException {
        var id = LoadServer.id();
        created.add(id);
        panel.put(LoadServer.configuration(id, program.image()), LoadServer.install(program.image()));
        var server = client().server(id);
        client().createServer(new CreateServer(id, false));
        await("an installation", () -> !panel.installs(id).isEmpty());
        await("a start", () -> {
            var state = server.details().state();
            if (state.equals(ServerState.OFFLINE)) {
                server.power(PowerAction.START);
            }
            return state.equals(ServerState.RUNNING);
        });
        return id;
    }

    /** Kills a server and removes it. */
    void remove(ServerId id) throws InterruptedException {
        var server = client().server(id);
        server.power(PowerAction.KILL);
        await("a kill", () -> server.details().state().equals(ServerState.OFFLINE));
        server.delete();
        panel.remove(id);
        created.remove(id);
    }

    /** Ends the node; its servers go on. */
    void stop() throws InterruptedException {
        var running = process;
        process = null;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            removeAll();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void clear() {
        if (closed.compareAndSet(false, true)) {
            try {
                removeAll();
            } catch (IOException ignored) {
                // The program is ending, and what it could not remove lies in the temporary directory.
            }
        }
    }

    private void removeAll() throws IOException {
        try {
            for (var id : created) {
                kill(id);
            }
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            served.close();
            if (program.runtime().equals("docker")) {
                Docker.remove(created.stream().map(ServerId::toString).toList());
                config.network().ifPresent(Docker::removeNetwork);
            }
            Folders.delete(folder);
        }
    }

    /** Child processes outlive their node; containers are removed with the engine's own command. */
    private void kill(ServerId id) {
        if (process == null || !program.runtime().equals("process")) {
            return;
        }
        try {
            client().server(id).power(PowerAction.KILL);
        } catch (RookeryException ignored) {
            // It does not run, or is not known.
        }
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) throws InterruptedException {
        long begin = System.nanoTime();
        RookeryException last = null;
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (RookeryException e) {
                last = e;
            }
            Thread.sleep(20);
        }
        throw new UnavailableException(
                program.label() + ": waited in vain for " + what + "; its log ends: " + lastWords(), last);
    }

    private Path log() {
        return folder.resolve("output.log");
    }

    private String lastWords() {
        try {
            var lines = Files.readAllLines(log());
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "nothing (" + e.getMessage() + ")";
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.getOutputStream().write(QUESTION);
            return socket.getInputStream().read() >= 0;
        } catch (IOException ignored) {
            // Not yet.
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new InvalidInputException("no free port on loopback", e);
        }
    }
}
