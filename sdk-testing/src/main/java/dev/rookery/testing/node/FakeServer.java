package dev.rookery.testing.node;

import dev.rookery.api.ConflictException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration.Stop;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.StateChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server of a {@link FakeNode}. Its life happens on the node's simulation thread; {@code this} guards every field. */
final class FakeServer {

    private static final int LOG_LINES = 10_000;

    private final FakeState node;
    private final List<ConsoleEvent.Output> log = new ArrayList<>();
    private final FakeConsoleHistory history = new FakeConsoleHistory();
    private final StringBuilder installLog = new StringBuilder();
    private final List<FakeConsole> consoles = new ArrayList<>();
    private final FakeFiles files;
    private final Map<BackupId, byte[]> backups = new ConcurrentHashMap<>();
    private final FakeFileJobs.Known jobs = new FakeFileJobs.Known();
    private final Map<String, FakeRemoteDownloads.Running> downloads = new ConcurrentHashMap<>();
    private final Map<String, FakeUploads.Begun> uploads = new ConcurrentHashMap<>();
    private final List<String> deniedTokens = new ArrayList<>();

    private ServerConfiguration configuration;
    private ServerState state = ServerState.OFFLINE;
    private @Nullable Future<?> installation;
    private @Nullable Future<?> transfer;
    private boolean restoring;
    private boolean deleted;
    private long lines;
    private long startedAt;
    private @Nullable ScheduledFuture<?> statistics;

    FakeServer(FakeState node, ServerConfiguration configuration) {
        this.node = node;
        this.configuration = configuration;
        this.files = new FakeFiles(node.clock);
        limitFiles();
    }

    synchronized ServerId id() {
        return configuration.settings().uuid();
    }

    synchronized ServerDetails details() {
        return new ServerDetails(state, configuration.settings().suspended(), usage(), configuration.settings());
    }

    synchronized List<String> logs(int count) {
        return log.subList(Math.max(0, log.size() - count), log.size()).stream()
                .map(ConsoleEvent.Output::line)
                .toList();
    }

    synchronized ConsoleHistoryPage history(ConsoleHistoryQuery query) {
        return history.answer(query);
    }

    synchronized String installLog() {
        return installLog.toString();
    }

    FakeFiles files() {
        return files;
    }

    Map<BackupId, byte[]> backups() {
        return backups;
    }

    Map<String, FakeUploads.Begun> uploads() {
        return uploads;
    }

    Map<String, FakeRemoteDownloads.Running> downloads() {
        return downloads;
    }

    FakeFileJobs.Known jobs() {
        return jobs;
    }

    synchronized List<String> denylist() {
        return configuration.settings().egg().fileDenylist();
    }

    synchronized List<String> deniedTokens() {
        return List.copyOf(deniedTokens);
    }

    synchronized void denyTokens(List<String> ids) {
        deniedTokens.addAll(ids);
    }

    synchronized void install(boolean reinstall, boolean startAfterwards) {
        requireIdle();
        installation = node.threads.submit(() -> runInstall(reinstall, startAfterwards));
    }

    synchronized void abortInstall() {
        if (installation == null) {
            throw new ConflictException("server " + id() + " is not being installed");
        }
        installation.cancel(true);
    }

    /** Says that it is being restored, or is not any more. */
    synchronized void restoring(boolean now) {
        if (now) {
            requireIdle();
        }
        restoring = now;
    }

    /** Begins to move; the task is interrupted if that is ended. */
    synchronized void beginTransfer(Runnable task) {
        if (transfer != null) {
            throw new ConflictException("A transfer is already in progress for this server.");
        }
        requireIdle();
        exit();
        transfer = node.threads.submit(task);
    }

    synchronized void cancelTransfer() {
        if (transfer == null) {
            throw new ConflictException("Server is not currently being transferred.");
        }
        transfer.cancel(true);
    }

    synchronized void endTransfer() {
        transfer = null;
    }

    /** Takes over what the installation on another node has said. */
    synchronized void installLog(String text) {
        installLog.append(text);
    }

    synchronized void endConsolesOf(UUID user) {
        List.copyOf(consoles).stream()
                .filter(console -> console.belongsTo(user))
                .forEach(console -> {
                    console.offer(new ConsoleEvent.AuthorityLost("the authority of this user was taken back"));
                    console.close();
                });
    }

    void power(PowerAction action) {
        synchronized (this) {
            boolean starts = action == PowerAction.START || action == PowerAction.RESTART;
            if (starts && configuration.settings().suspended()) {
                throw new ConflictException("server " + id() + " is suspended");
            }
            requireIdle();
        }
        node.simulation.execute(() -> {
            switch (action) {
                case START -> start();
                case STOP -> stop();
                case RESTART -> {
                    stop();
                    start();
                }
                case KILL -> kill();
            }
        });
    }

    synchronized void send(String line) {
        if (!state.equals(ServerState.RUNNING) && !state.equals(ServerState.STARTING)) {
            throw new ConflictException("server " + id() + " does not run (expected: running)");
        }
        node.simulation.execute(() -> input(line));
    }

    void sync() {
        var fresh = node.panel.configuration(configuration.settings().uuid());
        synchronized (this) {
            configuration = fresh;
        }
        limitFiles();
    }

    synchronized void delete() {
        if (installation != null) {
            installation.cancel(true);
        }
        if (transfer != null) {
            transfer.cancel(true);
        }
        downloads.values().forEach(FakeRemoteDownloads.Running::cancel);
        exit();
        deleted = true;
        emit(new ConsoleEvent.Deleted());
        List.copyOf(consoles).forEach(FakeConsole::close);
    }

    /** Adds a console, with the lines it asked for before any live one. */
    synchronized void attach(FakeConsole console, OptionalLong after) {
        console.offer(new ConsoleEvent.Connected());
        console.offer(new ConsoleEvent.Status(state));
        if (state.equals(ServerState.OFFLINE) && installation == null && transfer == null) {
            console.offer(stats());
        }
        after.ifPresent(number -> replay(console, number));
        consoles.add(console);
    }

    synchronized void detach(FakeConsole console) {
        consoles.remove(console);
    }

    synchronized ConsoleEvent.Stats stats() {
        return new ConsoleEvent.Stats(usage());
    }

    synchronized void replayLast(FakeConsole console, int count) {
        log.subList(Math.max(0, log.size() - count), log.size()).forEach(console::offer);
    }

    private void replay(FakeConsole console, long after) {
        long oldest = lines - log.size() + 1;
        if (after + 1 < oldest) {
            console.offer(new ConsoleEvent.Gap(after + 1, oldest - 1));
        }
        log.stream().filter(line -> line.number().orElseThrow() > after).forEach(console::offer);
    }

    private void runInstall(boolean reinstall, boolean startAfterwards) {
        emit(new ConsoleEvent.InstallStarted());
        boolean successful = false;
        try {
            InstallScript script = node.panel.installScript(id());
            successful = node.program.install(script, this::installLine) == 0 && !Thread.interrupted();
            if (successful) {
                node.program
                        .leaves(script)
                        .forEach((path, text) ->
                                files.write(FakeFiles.resolve(path), text.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (RookeryException e) {
            installLine("the installation failed: " + e.getMessage());
        }
        boolean well = successful;
        // The reports of one server go out on one thread, so that they keep their order.
        node.simulation.execute(() -> {
            synchronized (this) {
                installation = null;
                emit(ConsoleEvent.InstallCompleted.UNTOLD);
            }
            report(() -> node.panel.reportInstall(id(), new InstallReport(well, reinstall)));
            if (well && startAfterwards) {
                start();
            }
        });
    }

    /** Tells the panel something; a panel that is away or has deleted the server misses it. */
    static void report(Runnable call) {
        try {
            call.run();
        } catch (RookeryException ignored) {
            // A real node sends it again later; nobody waits that long here.
        }
    }

    private void requireIdle() {
        if (installation != null) {
            throw new ConflictException("server " + id() + " is being installed");
        }
        if (transfer != null) {
            throw new ConflictException("server " + id() + " is being moved");
        }
        if (restoring) {
            throw new ConflictException("server " + id() + " is being restored");
        }
    }

    private void limitFiles() {
        files.limit(configuration.settings().build().diskMebibytes() << 20);
    }

    private synchronized void installLine(String line) {
        installLog.append(line).append('\n');
        emit(new ConsoleEvent.InstallOutput(line));
    }

    private synchronized void start() {
        if (!state.equals(ServerState.OFFLINE) || deleted) {
            return;
        }
        become(ServerState.STARTING);
        startedAt = node.clock.millis();
        node.program.start(this::line);
        statistics = node.simulation.scheduleAtFixedRate(() -> emit(stats()), 0, 1, TimeUnit.SECONDS);
    }

    private synchronized void stop() {
        if (state.equals(ServerState.OFFLINE)) {
            return;
        }
        become(ServerState.STOPPING);
        var stop = configuration.process().stop();
        if (stop.type().equals(Stop.COMMAND)) {
            input(stop.value());
        } else {
            exit();
        }
    }

    private synchronized void kill() {
        if (!state.equals(ServerState.OFFLINE)) {
            become(ServerState.STOPPING);
            exit();
        }
    }

    private synchronized void input(String line) {
        if (!state.equals(ServerState.OFFLINE) && !node.program.input(line, this::line)) {
            exit();
        }
    }

    private synchronized void exit() {
        if (state.equals(ServerState.OFFLINE)) {
            return;
        }
        if (statistics != null) {
            statistics.cancel(false);
        }
        become(ServerState.OFFLINE);
    }

    private synchronized void line(String text) {
        var output = new ConsoleEvent.Output(text, OptionalLong.of(++lines));
        log.add(output);
        history.add(lines, text);
        if (log.size() > LOG_LINES) {
            log.remove(0);
        }
        emit(output);
        if (state.equals(ServerState.STARTING)
                && configuration.process().startup().done().stream().anyMatch(text::contains)) {
            become(ServerState.RUNNING);
        }
    }

    private void become(ServerState next) {
        var previous = state;
        state = next;
        emit(new ConsoleEvent.Status(next));
        report(() -> node.panel.reportState(id(), new StateChange(previous, next)));
    }

    synchronized void emit(ConsoleEvent event) {
        List.copyOf(consoles).forEach(console -> console.offer(event));
    }

    private ResourceUsage usage() {
        boolean runs = !state.equals(ServerState.OFFLINE);
        return ResourceUsage.builder()
                .state(state)
                .memoryBytes(runs ? 1 << 20 : 0)
                .memoryLimitBytes(configuration.settings().build().memoryMebibytes() << 20)
                .uptimeMillis(runs ? node.clock.millis() - startedAt : 0)
                .build();
    }
}
