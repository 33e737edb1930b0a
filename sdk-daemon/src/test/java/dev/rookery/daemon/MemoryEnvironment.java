package dev.rookery.daemon;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.EngineUnavailableException;
import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.ImageListener;
import dev.rookery.api.spi.ImageRequest;
import dev.rookery.api.spi.Output;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.api.spi.Subscription;
import dev.rookery.api.spi.UsageSample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Processes that are only entries of a map, and outlive the daemon: for many servers, and for calls that hang or fail on demand. */
@SuppressWarnings("try") // Registrations are held open, not used.
final class MemoryEnvironment implements ServerEnvironment {

    final Map<String, Entry> processes = new ConcurrentHashMap<>();
    /** Processes that every call about waits with, until that is over or the call is cancelled. */
    final Map<String, CompletableFuture<Boolean>> hanging = new ConcurrentHashMap<>();

    /** Processes that {@link #list} leaves out, like those that somebody else made. */
    final Set<String> unlisted = ConcurrentHashMap.newKeySet();
    /** Processes whose output cannot be read. */
    final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    /** Names in the order in which they were started. */
    final List<String> started = new CopyOnWriteArrayList<>();

    final AtomicInteger starting = new AtomicInteger();
    final AtomicInteger mostStarting = new AtomicInteger();
    /** Starts wait for it. */
    volatile CompletableFuture<Boolean> startHold = CompletableFuture.completedFuture(true);
    /** The next so many calls of a name find no engine. */
    final Map<String, AtomicInteger> away = new ConcurrentHashMap<>();

    private final Map<String, Output> outputs = new ConcurrentHashMap<>();
    private final List<EnvironmentListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "memory";
    }

    /** Puts a process there that was made before. */
    void put(String name, boolean running, String... lines) {
        processes.put(name, new Entry("id-" + name, running, Optional.of(Instant.EPOCH), 0, List.of(lines)));
    }

    /** Ends a process, and tells so. */
    void end(String name, int exitCode) {
        change(name, entry -> new Entry(entry.id(), false, entry.startedAt(), exitCode, entry.lines()));
        endOutput(name);
        listeners.forEach(listener -> listener.exited("id-" + name));
    }

    /** Prints a line, as a process that is attached does. */
    void print(String name, String line) {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        Optional.ofNullable(outputs.get(name)).orElseThrow().bytes(bytes, bytes.length);
    }

    /** Tells that the engine is away. */
    void lost(String reason) {
        listeners.forEach(listener -> listener.lost(reason));
    }

    int calls(String what) {
        return calls.getOrDefault(what, new AtomicInteger()).get();
    }

    @Override
    public void prepare(CancelSignal cancel) {
        count("prepare", "", cancel);
    }

    @Override
    public String hostAddress(CancelSignal cancel) {
        return "127.0.0.1";
    }

    @Override
    public void provide(ImageRequest image, ImageListener progress, CancelSignal cancel) {
        count("provide", "", cancel);
    }

    @Override
    public String create(ProcessSpec spec, CancelSignal cancel) {
        count("create", spec.name(), cancel);
        processes.put(spec.name(), new Entry("id-" + spec.name(), false, Optional.empty(), 0, List.of()));
        return "id-" + spec.name();
    }

    @Override
    public void start(String id, CancelSignal cancel) {
        count("start", id, cancel);
        mostStarting.accumulateAndGet(starting.incrementAndGet(), Math::max);
        try {
            await(startHold, cancel);
        } finally {
            starting.decrementAndGet();
        }
        change(name(id), entry -> new Entry(entry.id(), true, Optional.of(Instant.EPOCH), 0, entry.lines()));
        started.add(name(id));
    }

    @Override
    public Attachment attach(String id, Output output, CancelSignal cancel) {
        count("attach", id, cancel);
        outputs.put(name(id), output);
        return new Attachment() {
            @Override
            public void write(byte[] bytes) {
                // Nobody reads it.
            }

            @Override
            public void close() {
                output.end();
            }
        };
    }

    @Override
    public void readLog(String id, Optional<Instant> since, Output output, CancelSignal cancel) {
        count("log", id, cancel);
        if (unreadable.contains(name(id))) {
            throw new UnavailableException("the log is broken");
        }
        for (var line :
                since.isPresent() ? List.<String>of() : find(id).orElseThrow().lines()) {
            var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            output.bytes(bytes, bytes.length);
        }
        output.end();
    }

    @Override
    public Optional<ProcessStatus> inspect(String id, CancelSignal cancel) {
        count("inspect", id, cancel);
        return find(id).map(entry ->
                new ProcessStatus(entry.id(), entry.running(), entry.exitCode(), false, entry.startedAt()));
    }

    @Override
    public List<ProcessSummary> list(CancelSignal cancel) {
        count("list", "", cancel);
        return processes.entrySet().stream()
                .filter(entry -> !unlisted.contains(entry.getKey()))
                .map(entry -> new ProcessSummary(
                        entry.getValue().id(), entry.getKey(), entry.getValue().running(), Map.of()))
                .toList();
    }

    @Override
    public void signal(String id, String signal, CancelSignal cancel) {
        count("signal", id, cancel);
        if (find(id).isEmpty()) {
            throw new NotFoundException(id);
        }
        end(name(id), 137);
    }

    @Override
    public void stop(String id, CancelSignal cancel) {
        count("stop", id, cancel);
    }

    @Override
    public void remove(String id, CancelSignal cancel) {
        count("remove", id, cancel);
        processes.remove(name(id));
        endOutput(name(id));
        listeners.forEach(listener -> listener.exited("id-" + name(id)));
    }

    @Override
    public boolean update(String id, ProcessSpec.Limits limits, CancelSignal cancel) {
        return false;
    }

    @Override
    public Subscription watch(EnvironmentListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Map<String, UsageSample> usage(Collection<String> ids, CancelSignal cancel) {
        return Map.of();
    }

    /** The processes go on, as those of an engine do. */
    @Override
    public void close() {
        listeners.clear();
    }

    private void count(String what, String id, CancelSignal cancel) {
        calls.computeIfAbsent(what, name -> new AtomicInteger()).incrementAndGet();
        var absent = away.get(what);
        if (absent != null && absent.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new EngineUnavailableException("the engine is away for a moment", null);
        }
        await(hanging.getOrDefault(name(id), CompletableFuture.completedFuture(true)), cancel);
    }

    private static void await(CompletableFuture<Boolean> end, CancelSignal cancel) {
        var cancelled = new CompletableFuture<Boolean>();
        try (var ignored = cancel.onCancel(() -> cancelled.complete(true))) {
            CompletableFuture.anyOf(end, cancelled).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (!end.isDone()) {
            throw new UnavailableException("cancelled");
        }
    }

    private void endOutput(String name) {
        var output = outputs.remove(name);
        if (output != null) {
            output.end();
        }
    }

    private Optional<Entry> find(String id) {
        return Optional.ofNullable(processes.get(name(id)));
    }

    private void change(String name, UnaryOperator<Entry> change) {
        processes.computeIfPresent(name, (key, entry) -> change.apply(entry));
    }

    private static String name(String id) {
        return id.startsWith("id-") ? id.substring("id-".length()) : id;
    }

    record Entry(String id, boolean running, Optional<Instant> startedAt, int exitCode, List<String> lines) {}
}
