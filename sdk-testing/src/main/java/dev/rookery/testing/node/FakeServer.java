package dev.rookery.testing.node;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration.Stop;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server of a {@link FakeNode}. Its life happens on the node's simulation thread; {@code this} guards every field. */
final class FakeServer {

    private static final int LOG_LINES = 10_000;

    private final FakeNode.Shared node;
    private final List<ConsoleEvent.Output> log = new ArrayList<>();
    private final StringBuilder installLog = new StringBuilder();
    private final List<FakeConsole> consoles = new ArrayList<>();
    private final Map<String, byte[]> files = new TreeMap<>();

    private ServerConfiguration configuration;
    private ServerState state = ServerState.OFFLINE;
    private boolean installing;
    private boolean deleted;
    private long lines;
    private long startedAt;
    private @Nullable ScheduledFuture<?> statistics;

    FakeServer(FakeNode.Shared node, ServerConfiguration configuration) {
        this.node = node;
        this.configuration = configuration;
    }

    synchronized ServerDetails details() {
        return new ServerDetails(state, configuration.settings().suspended(), usage(), configuration.settings());
    }

    synchronized List<String> logs(int count) {
        return log.subList(Math.max(0, log.size() - count), log.size()).stream()
                .map(ConsoleEvent.Output::line)
                .toList();
    }

    synchronized String installLog() {
        return installLog.toString();
    }

    synchronized Map<String, byte[]> files() {
        return files;
    }

    synchronized void install(boolean reinstall, boolean startAfterwards) {
        if (installing) {
            throw new ConflictException("server " + id() + " is being installed");
        }
        installing = true;
        node.simulation.execute(() -> runInstall(reinstall, startAfterwards));
    }

    void power(PowerAction action) {
        synchronized (this) {
            boolean starts = action == PowerAction.START || action == PowerAction.RESTART;
            if (starts && configuration.settings().suspended()) {
                throw new ConflictException("server " + id() + " is suspended");
            }
            if (installing) {
                throw new ConflictException("server " + id() + " is being installed");
            }
        }
        node.simulation.execute(() -> {
            switch (action) {
                case START -> start();
                case STOP -> stop();
                case RESTART -> {
                    stop();
                    start();
                }
                case KILL -> exit();
            }
        });
    }

    synchronized void send(String line) {
        if (state != ServerState.RUNNING && state != ServerState.STARTING) {
            throw new ConflictException("server " + id() + " does not run (expected: running)");
        }
        node.simulation.execute(() -> input(line));
    }

    void sync() {
        var fresh = node.panel.configuration(configuration.settings().uuid());
        synchronized (this) {
            configuration = fresh;
        }
    }

    synchronized void delete() {
        exit();
        deleted = true;
        emit(new ConsoleEvent.Deleted());
        List.copyOf(consoles).forEach(FakeConsole::close);
    }

    /** Adds a console, with the lines it asked for before any live one. */
    synchronized void attach(FakeConsole console, OptionalLong after) {
        console.offer(new ConsoleEvent.Connected());
        console.offer(new ConsoleEvent.Status(state));
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
            InstallScript script =
                    node.panel.installScript(configuration.settings().uuid());
            successful = node.program.install(script, this::installLine) == 0;
        } catch (RookeryException e) {
            installLine("the installation failed: " + e.getMessage());
        }
        synchronized (this) {
            installing = false;
            emit(ConsoleEvent.InstallCompleted.UNTOLD);
        }
        node.panel.reportInstall(configuration.settings().uuid(), new InstallReport(successful, reinstall));
        if (successful && startAfterwards) {
            start();
        }
    }

    private synchronized void installLine(String line) {
        installLog.append(line).append('\n');
        emit(new ConsoleEvent.InstallOutput(line));
    }

    private synchronized void start() {
        if (state != ServerState.OFFLINE || deleted) {
            return;
        }
        become(ServerState.STARTING);
        startedAt = node.clock.millis();
        node.program.start(this::line);
        statistics = node.simulation.scheduleAtFixedRate(() -> emit(stats()), 0, 1, TimeUnit.SECONDS);
    }

    private synchronized void stop() {
        if (state == ServerState.OFFLINE) {
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

    private synchronized void input(String line) {
        if (state != ServerState.OFFLINE && !node.program.input(line, this::line)) {
            exit();
        }
    }

    private synchronized void exit() {
        if (state == ServerState.OFFLINE) {
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
        if (log.size() > LOG_LINES) {
            log.remove(0);
        }
        emit(output);
        if (state == ServerState.STARTING
                && configuration.process().startup().done().stream().anyMatch(text::contains)) {
            become(ServerState.RUNNING);
        }
    }

    private void become(ServerState next) {
        var previous = state;
        state = next;
        emit(new ConsoleEvent.Status(next));
        try {
            node.panel.reportState(configuration.settings().uuid(), new StateChange(previous, next));
        } catch (NotFoundException ignored) {
            // The panel is deleting the server; its last words must not keep it from going.
        }
    }

    private synchronized void emit(ConsoleEvent event) {
        List.copyOf(consoles).forEach(console -> console.offer(event));
    }

    private ResourceUsage usage() {
        boolean runs = state != ServerState.OFFLINE;
        return ResourceUsage.builder()
                .state(state)
                .memoryBytes(runs ? 1 << 20 : 0)
                .memoryLimitBytes(configuration.settings().build().memoryMebibytes() << 20)
                .uptimeMillis(runs ? node.clock.millis() - startedAt : 0)
                .build();
    }

    private String id() {
        return configuration.settings().uuid().toString();
    }
}
