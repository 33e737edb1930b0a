package dev.rookery.daemon.internal.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.internal.activity.ActivityLog;
import dev.rookery.daemon.internal.file.ServerFiles;
import dev.rookery.daemon.internal.server.Lifecycle;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.Phase;
import dev.rookery.daemon.internal.server.ServerEvent;
import dev.rookery.daemon.internal.server.Transition.Refusal;
import dev.rookery.daemon.internal.server.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One server of the node in process, asked by one caller. Immutable and thread-safe. */
final class DaemonServer implements NodeServer {

    private static final Duration DECISION_DEADLINE = Duration.ofSeconds(30);
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(2);
    private static final Duration KILL_GRACE = Duration.ofSeconds(30);
    private static final Duration DELETE_DEADLINE = Duration.ofSeconds(60);
    private static final int LOG_LINES_MAX = 100;
    private static final int COMMAND_MAX = 32_768;

    private final DaemonNode node;
    private final ServerId id;

    DaemonServer(DaemonNode node, ServerId id) {
        this.node = node;
        this.id = id;
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public ServerDetails details() {
        require(Permission.CONNECT);
        return managed().details();
    }

    @Override
    public void power(PowerAction action) {
        requireNonNull(action, "action");
        require(action.permission());
        node.call(() -> {
            if (action == PowerAction.START || action == PowerAction.RESTART) {
                requireEngine();
            }
            tell(new ServerEvent.Power(action));
            if (action == PowerAction.KILL) {
                await(managed().killing(), KILL_DEADLINE, "could not be killed").ifPresent(this::notKilled);
            }
            return true;
        });
        note("server:power." + action.wireName(), Map.of());
    }

    @Override
    public void sendCommands(List<String> lines) {
        require(Permission.CONSOLE);
        lines.forEach(DaemonServer::requireLine);
        managed().type(lines);
        lines.forEach(line -> note("server:console.command", Map.of("command", ActivityLog.text(line))));
    }

    /** What the panel itself asked for it has noted already. */
    private void note(String event, Map<String, Json> metadata) {
        if (node.caller() instanceof Caller.User user) {
            var services = node.running().services();
            services.activity()
                    .add(ActivityEntry.builder(id, event, services.clock().instant())
                            .user(user.user())
                            .address(user.address())
                            .metadata(metadata)
                            .build());
        }
    }

    @Override
    public void sync() {
        node.requirePanel("have a server's configuration fetched");
        node.call(() -> {
            var server = managed();
            long question = server.configurationQuestion();
            boolean done = decided(server.configure(question, newest(server)));
            // It may have been told for the sake of a user who may do less from now on.
            node.running().sftp().recheck(id);
            return done;
        });
    }

    /** What cannot be read is shown with the server, too: whoever asked may be a program. */
    private ServerConfiguration newest(ManagedServer server) {
        try {
            return node.running().configuration(id, node.options());
        } catch (ProtocolException | InvalidInputException e) {
            server.trouble(Trouble.ofPanel(e));
            throw e;
        }
    }

    @Override
    public void reinstall() {
        require(Permission.REINSTALL);
        node.call(() -> {
            requireEngine();
            return tell(new ServerEvent.Install(new Lifecycle.InstallWish(true, false)));
        });
    }

    @Override
    public void install() {
        node.requirePanel("have a server installed");
        node.call(() -> {
            requireEngine();
            return tell(new ServerEvent.Install(new Lifecycle.InstallWish(false, false)));
        });
    }

    @Override
    public void abortInstall() {
        node.requirePanel("end an installation");
        node.call(() -> tell(new ServerEvent.AbortInstall()));
    }

    @Override
    public void denyTokens(List<String> ids) {
        node.requirePanel("refuse tokens");
        requireNonNull(ids, "ids");
        // Callers in this process carry no tokens; those on the wire are refused at the edge.
        managed();
    }

    @Override
    public void delete() {
        node.requirePanel("delete a server");
        node.call(() -> {
            var server = managed();
            decided(server.tell(new ServerEvent.Delete()));
            return await(server.gone(), DELETE_DEADLINE, "is still being deleted");
        });
    }

    /** Keeps everything of it from running, and returns once nothing does. */
    void beginTransfer() {
        node.call(() -> {
            var server = managed();
            decided(server.tell(new ServerEvent.Transfer(true)));
            var stop = node.running().services().options().power().stopTimeout();
            await(server.down(), stop.plus(KILL_GRACE), "has not ended");
            requireHeld(server.state());
            return true;
        });
    }

    /** A server also ends because it is deleted, and whoever else has held it may have let go of it meanwhile. */
    private static void requireHeld(Lifecycle state) {
        if (state.phase().leaving()) {
            throw new ConflictException("the server was deleted meanwhile");
        }
        if (!state.transferring() || state.phase() != Phase.OFFLINE) {
            throw new ConflictException("the server is not held any more: its transfer was ended meanwhile");
        }
    }

    void endTransfer() {
        node.call(() -> tell(new ServerEvent.Transfer(false)));
    }

    @Override
    public List<String> logs(int lines) {
        if (lines < 1 || lines > LOG_LINES_MAX) {
            throw new InvalidInputException("lines: " + lines + " (expected: 1 to " + LOG_LINES_MAX + ")");
        }
        require(Permission.CONNECT);
        return managed().console().lastLines(lines);
    }

    @Override
    public ConsoleHistoryPage consoleHistory(ConsoleHistoryQuery query) {
        requireNonNull(query, "query");
        require(Permission.CONNECT);
        return managed().console().history().query(query);
    }

    @Override
    public String installLog() {
        require(Permission.CONNECT);
        return InstallLogs.read(managed().installLog());
    }

    @Override
    public NodeFiles files() {
        var clock = node.running().services().clock();
        return new ServerFiles(
                node.caller(),
                clock,
                node.options().cancel().orElseGet(CancelSignal::create),
                () -> managed().volume(),
                new ServerJobs(node, this));
    }

    @Override
    public Console console(ConsoleOptions options, ConsoleListener listener) {
        requireNonNull(options, "options");
        requireNonNull(listener, "listener");
        require(Permission.CONNECT);
        var server = managed();
        if (server.state().suspended()) {
            throw new ConflictException("4409 the server is suspended");
        }
        return DaemonConsole.open(this, server, node.running(), node.caller(), options, listener);
    }

    ManagedServer managed() {
        return node.running().get(id);
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.running().services().clock().instant());
        managed();
    }

    static void requireLine(String line) {
        if (line.length() > COMMAND_MAX || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new InvalidInputException("command of " + line.length()
                    + " characters (expected: one line of at most " + COMMAND_MAX + " characters)");
        }
    }

    /** Asks the engine anything: what is accepted while it is away would fail where nobody sees it. */
    private void requireEngine() {
        node.running()
                .services()
                .environment()
                .inspect(id.toString(), node.options().cancel().orElseGet(CancelSignal::create));
    }

    private boolean tell(ServerEvent event) {
        return decided(managed().tell(event));
    }

    private boolean decided(CompletableFuture<Optional<Refusal>> answer) {
        await(answer, DECISION_DEADLINE, "did not decide").ifPresent(DaemonServer::refuse);
        return true;
    }

    private <T> T await(CompletableFuture<T> answer, Duration usual, String otherwise) {
        var deadline = node.options().deadline().orElse(usual);
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DeadlineException("server " + id + " " + otherwise + " after " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RookeryException known
                    ? known
                    : new UnavailableException("the node could not store the decision", e.getCause());
        }
    }

    private void notKilled(String reason) {
        throw new UnavailableException(
                "server " + id + " is not killed yet: " + reason + " (it is tried until it has ended)");
    }

    private static void refuse(Refusal refusal) {
        throw switch (refusal.kind()) {
            case CONFLICT -> new ConflictException(refusal.text());
            case UNAVAILABLE -> new UnavailableException(refusal.text());
            case GONE -> new NotFoundException(refusal.text());
        };
    }
}
