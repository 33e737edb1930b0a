package dev.rookery.panel;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.permission.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A node at the far edge: does what a node does with its panel, keeps every call, and fails when told to. Its view for a caller or
 * with options shares everything with it.
 */
final class RecordingNode implements Node {

    /** Calls that were made, such as {@code create <uuid>}. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    final Map<ServerId, ServerConfiguration> servers = new ConcurrentHashMap<>();
    final List<OpenConsole> consoles = new CopyOnWriteArrayList<>();
    final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    volatile Set<Capability> capabilities = Set.of(Capability.NUMBERED_CONSOLE);
    volatile ServerState state = ServerState.OFFLINE;
    volatile Runnable beforeEffect = () -> {};
    volatile Runnable afterEffect = () -> {};
    volatile Runnable onServers = () -> {};
    volatile Optional<String> correlation = Optional.empty();
    volatile Optional<Duration> deadline = Optional.empty();
    volatile Panel panel;

    @Override
    public Node as(Caller caller) {
        return new View(this, caller);
    }

    @Override
    public Node with(CallOptions options) {
        correlation = options.correlationId();
        deadline = options.deadline();
        return this;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public SystemInformation system() {
        return new SystemInformation("amd64", 2, "6", "linux", "1.2.3");
    }

    @Override
    public List<ServerDetails> servers() {
        onServers.run();
        failIfTold();
        return servers.values().stream()
                .map(c -> new ServerDetails(state, false, ResourceUsage.NONE, c.settings()))
                .toList();
    }

    @Override
    public void createServer(CreateServer request) {
        calls.add("create " + request.uuid());
        failIfTold();
        beforeEffect.run();
        var configuration = panel.configuration(request.uuid());
        if (servers.putIfAbsent(request.uuid(), configuration) != null) {
            throw new ConflictException("server " + request.uuid() + " exists");
        }
        afterEffect.run();
    }

    @Override
    public NodeServer server(ServerId id) {
        return new Server(this, id, Caller.panel());
    }

    void failIfTold() {
        var failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    OpenConsole console() {
        return consoles.get(consoles.size() - 1);
    }

    private record View(RecordingNode node, Caller caller) implements Node {
        @Override
        public Node as(Caller other) {
            return new View(node, other);
        }

        @Override
        public Node with(CallOptions options) {
            return this;
        }

        @Override
        public Set<Capability> capabilities() {
            return node.capabilities();
        }

        @Override
        public SystemInformation system() {
            return node.system();
        }

        @Override
        public List<ServerDetails> servers() {
            return node.servers();
        }

        @Override
        public void createServer(CreateServer request) {
            node.createServer(request);
        }

        @Override
        public NodeServer server(ServerId id) {
            return new Server(node, id, caller);
        }
    }

    private record Server(RecordingNode node, ServerId id, Caller caller) implements NodeServer {

        private void require() {
            if (!node.servers.containsKey(id)) {
                throw new NotFoundException("this node has no server " + id);
            }
        }

        @Override
        public ServerDetails details() {
            require();
            return new ServerDetails(
                    node.state, false, ResourceUsage.NONE, node.servers.get(id).settings());
        }

        @Override
        public void power(PowerAction action) {
            caller.require(action.permission(), Instant.EPOCH);
            node.calls.add("power " + action);
            node.failIfTold();
            node.beforeEffect.run();
            require();
            node.afterEffect.run();
        }

        @Override
        public void sendCommands(List<String> lines) {
            node.calls.add("command " + lines);
            node.failIfTold();
            node.beforeEffect.run();
            require();
            node.afterEffect.run();
        }

        @Override
        public void sync() {
            node.calls.add("sync " + id);
            node.failIfTold();
            require();
        }

        @Override
        public void reinstall() {
            node.calls.add("reinstall " + id);
            node.failIfTold();
            node.beforeEffect.run();
            require();
            node.afterEffect.run();
        }

        @Override
        public void delete() {
            node.calls.add("delete " + id);
            node.failIfTold();
            node.beforeEffect.run();
            require();
            node.servers.remove(id);
            node.afterEffect.run();
        }

        @Override
        public List<String> logs(int lines) {
            return List.of();
        }

        @Override
        public String installLog() {
            return "";
        }

        @Override
        public NodeFiles files() {
            return new Files(node, caller);
        }

        @Override
        public Console console(ConsoleOptions options, ConsoleListener listener) {
            node.failIfTold();
            var console = new OpenConsole(options, listener);
            node.consoles.add(console);
            listener.onEvent(new ConsoleEvent.Connected());
            return console;
        }
    }

    private record Files(RecordingNode node, Caller caller) implements NodeFiles {

        @Override
        public Content read(String path) {
            throw new UnsupportedOperationException("not part of these tests");
        }

        @Override
        public void write(String path, Content content) {
            throw new UnsupportedOperationException("not part of these tests");
        }

        @Override
        public void delete(String directory, List<String> files) {
            caller.require(Permission.FILE_DELETE, Instant.EPOCH);
            node.calls.add("delete files " + files);
            node.failIfTold();
        }
    }

    /** A console that somebody opened; the test speaks through {@link #tell}. */
    static final class OpenConsole implements Console {

        final ConsoleOptions options;
        final ConsoleListener listener;
        final Queue<String> asked = new ArrayDeque<>();
        volatile boolean closed;

        OpenConsole(ConsoleOptions options, ConsoleListener listener) {
            this.options = options;
            this.listener = listener;
        }

        void tell(ConsoleEvent event) {
            listener.onEvent(event);
        }

        void lose(String reason) {
            listener.onClosed(reason);
        }

        @Override
        public void sendCommand(String line) {
            throw new UnsupportedOperationException("the relay sends commands with an answer");
        }

        @Override
        public void setState(PowerAction action) {
            throw new UnsupportedOperationException("the relay asks for power with an answer");
        }

        @Override
        public synchronized void requestLogs() {
            asked.add("logs");
        }

        @Override
        public void requestStats() {
            throw new UnsupportedOperationException("not used");
        }

        @Override
        public boolean open() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
