package dev.rookery.daemon.internal.http;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.file.ContentMatches;
import dev.rookery.api.file.ContentSearch;
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
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A node that keeps its servers in memory and their files in a directory; what was asked of it can be looked at. */
final class TestNode implements Node {

    final Map<ServerId, TestServer> servers;
    final List<String> calls;
    final List<String> correlations;
    final Path files;
    private final Caller caller;
    private final Clock clock;
    private final CallOptions options;

    /** What it has; the edge asks once. */
    final Set<Capability> offered;

    /** Thrown by the next call that may fail, if set. */
    final RuntimeException[] failure;

    TestNode(Path files, Clock clock, Capability... offered) {
        this(
                new ConcurrentHashMap<>(),
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>(),
                files,
                Caller.panel(),
                clock,
                CallOptions.defaults(),
                Set.of(offered),
                new RuntimeException[1]);
    }

    private TestNode(
            Map<ServerId, TestServer> servers,
            List<String> calls,
            List<String> correlations,
            Path files,
            Caller caller,
            Clock clock,
            CallOptions options,
            Set<Capability> offered,
            RuntimeException[] failure) {
        this.servers = servers;
        this.calls = calls;
        this.correlations = correlations;
        this.files = files;
        this.caller = caller;
        this.clock = clock;
        this.options = options;
        this.offered = offered;
        this.failure = failure;
    }

    TestServer add(ServerState state) {
        var server = new TestServer(ServerId.random());
        server.state = state;
        servers.put(server.id, server);
        return server;
    }

    @Override
    public Node as(Caller who) {
        return new TestNode(servers, calls, correlations, files, who, clock, options, offered, failure);
    }

    @Override
    public Node with(CallOptions other) {
        return new TestNode(servers, calls, correlations, files, caller, clock, other, offered, failure);
    }

    @Override
    public Set<Capability> capabilities() {
        return offered;
    }

    @Override
    public SystemInformation system() {
        fail();
        return new SystemInformation("amd64", 8, "6.8.0", "linux", "1.2.3");
    }

    @Override
    public List<ServerDetails> servers() {
        return servers.values().stream().map(TestServer::details).toList();
    }

    @Override
    public void createServer(CreateServer request) {
        fail();
        if (servers.containsKey(request.uuid())) {
            throw new ConflictException("server " + request.uuid() + " exists (expected: a new uuid)");
        }
        calls.add("create " + request.uuid() + " " + request.startOnCompletion());
        servers.put(request.uuid(), new TestServer(request.uuid()));
    }

    @Override
    public NodeServer server(ServerId id) {
        return new Handle(id);
    }

    private void fail() {
        options.correlationId().ifPresent(correlations::add);
        var next = failure[0];
        if (next != null) {
            failure[0] = null;
            throw next;
        }
    }

    /** What a server is at the moment. */
    static final class TestServer {
        final ServerId id;
        final List<TestConsole> consoles = new CopyOnWriteArrayList<>();
        volatile ServerState state = ServerState.OFFLINE;
        volatile boolean suspended;
        volatile List<String> lines = List.of();
        volatile String installLog = "";
        /** Opens consoles that have a thread of their own, if set. */
        volatile @Nullable BiFunction<ConsoleOptions, ConsoleListener, Console> live;

        TestServer(ServerId id) {
            this.id = id;
        }

        ServerDetails details() {
            var settings = ServerSettings.builder()
                    .id(7)
                    .uuid(id)
                    .meta(new ServerSettings.Meta("Lobby", ""))
                    .suspended(suspended)
                    .invocation("./run")
                    .skipEggScripts(false)
                    .crashDetectionEnabled(true)
                    .build(new Build(128, 0, 0, 100, 500, Optional.empty(), true))
                    .container(new ServerSettings.Container("example:latest"))
                    .allocations(Allocations.none())
                    .egg(new ServerSettings.EggReference("", List.of(), Map.of()))
                    .build();
            return new ServerDetails(state, suspended, ResourceUsage.NONE, settings);
        }

        void emit(ConsoleEvent event) {
            consoles.forEach(console -> console.listener.onEvent(event));
        }
    }

    /** An open console; events are delivered by the caller's thread. */
    static final class TestConsole implements Console {
        final ConsoleListener listener;
        final ConsoleOptions options;
        private final TestServer server;

        TestConsole(TestServer server, ConsoleOptions options, ConsoleListener listener) {
            this.server = server;
            this.options = options;
            this.listener = listener;
        }

        @Override
        public void sendCommand(String line) {
            throw new AssertionError("the edge sends commands in the name of the user");
        }

        @Override
        public void setState(PowerAction action) {
            throw new AssertionError("the edge sends power actions in the name of the user");
        }

        @Override
        public void requestLogs() {
            server.lines.forEach(line -> listener.onEvent(new ConsoleEvent.Output(line, OptionalLong.empty())));
        }

        @Override
        public void requestStats() {
            listener.onEvent(new ConsoleEvent.Stats(ResourceUsage.NONE));
        }

        @Override
        public boolean open() {
            return server.consoles.contains(this);
        }

        @Override
        public void close() {
            if (server.consoles.remove(this)) {
                listener.onClosed("closed");
            }
        }
    }

    private final class Handle implements NodeServer, NodeFiles {
        private final ServerId id;

        Handle(ServerId id) {
            this.id = id;
        }

        private TestServer known() {
            var server = servers.get(id);
            if (server == null) {
                throw new NotFoundException("server " + id);
            }
            return server;
        }

        @Override
        public ServerId id() {
            return id;
        }

        @Override
        public ServerDetails details() {
            return known().details();
        }

        @Override
        public void power(PowerAction action) {
            known();
            caller.require(action.permission(), clock.instant());
            fail();
            calls.add("power " + action.wireName());
        }

        @Override
        public void sendCommands(List<String> lines) {
            caller.require(Permission.CONSOLE, clock.instant());
            if (caller instanceof Caller.User user && !user.address().equals("127.0.0.1")) {
                throw new AssertionError("the user is at '" + user.address() + "' (expected: where the socket is)");
            }
            if (known().state.equals(ServerState.OFFLINE)) {
                throw new ConflictException("server " + id + " does not run (expected: a running one)");
            }
            calls.add("commands " + lines);
        }

        @Override
        public void sync() {
            known();
            fail();
            calls.add("sync");
        }

        @Override
        public void reinstall() {
            known();
            fail();
            calls.add("reinstall");
        }

        @Override
        public void delete() {
            known();
            fail();
            servers.remove(id);
        }

        @Override
        public List<String> logs(int lines) {
            var all = known().lines;
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }

        @Override
        public String installLog() {
            return known().installLog;
        }

        @Override
        public NodeFiles files() {
            return this;
        }

        @Override
        public Console console(ConsoleOptions options, ConsoleListener listener) {
            var server = known();
            var live = server.live;
            if (live != null) {
                return live.apply(options, listener);
            }
            var console = new TestConsole(server, options, listener);
            listener.onEvent(new ConsoleEvent.Connected());
            listener.onEvent(new ConsoleEvent.Status(server.state));
            if (server.state.equals(ServerState.OFFLINE)) {
                listener.onEvent(new ConsoleEvent.Stats(ResourceUsage.NONE));
            }
            server.consoles.add(console);
            return console;
        }

        @Override
        public Content read(String path) {
            fail();
            var file = files.resolve(path.replaceFirst("^/", ""));
            try {
                if (Files.isDirectory(file)) {
                    throw new InvalidInputException("'" + path + "' is a directory (expected: a file)");
                }
                if (!Files.exists(file)) {
                    throw new NotFoundException("file '" + path + "'");
                }
                if (path.endsWith(".stream")) {
                    return Content.of(Files.newInputStream(file), OptionalLong.empty());
                }
                var changed = Files.getLastModifiedTime(file).toMillis() + "-" + Files.size(file);
                return Content.of(FileChannel.open(file), Optional.of(changed));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Finds nothing, and goes on until it is cancelled. */
        @Override
        public ContentMatches search(ContentSearch search) {
            var cancelled = new CountDownLatch(1);
            calls.add("searching");
            var told = options.cancel().orElseThrow().onCancel(cancelled::countDown);
            try {
                calls.add(cancelled.await(20, TimeUnit.SECONDS) ? "search cancelled" : "search left alone");
                told.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new ContentMatches(List.of(), false);
        }

        @Override
        public void write(String path, Content content) {
            try (content;
                    var in = content.stream()) {
                fail();
                var file = files.resolve(path.replaceFirst("^/", ""));
                if (Files.isDirectory(file)) {
                    throw new InvalidInputException("'" + path + "' is a directory (expected: a file)");
                }
                var part = Files.createTempFile(files, "part", "");
                try (var out = Files.newOutputStream(part)) {
                    in.transferTo(out);
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                calls.add("wrote " + path + " " + Files.size(file) + " of "
                        + content.sizeBytes().orElse(-1));
            } catch (IOException e) {
                calls.add("failed " + path + ": " + e.getMessage());
                throw new UncheckedIOException(e);
            }
        }
    }
}
