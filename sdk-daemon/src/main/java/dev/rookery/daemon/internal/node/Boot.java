package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.Phase;
import dev.rookery.daemon.internal.server.ServerEvent;
import dev.rookery.kit.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings servers back whose processes are not known yet, after a start of the daemon and whenever others are taken in: waits for the
 * engine, asks it once for everything that it has, and has each server go on. What runs is taken up by few at a time in a {@link BootLane};
 * what is to be started waits in a line of its own. Asked for again while it works, it looks again. Thread-safe.
 */
final class Boot implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);
    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(250), 1.5, Duration.ofSeconds(5), 0.2);
    /** How often the output of a process is asked for in vain before its server goes on without. */
    private static final int TRIES_FOR_LINES = 3;

    private final NodeRuntime runtime;
    private final boolean clean;
    private final BootLane lane;
    private final CancelSignal cancel = CancelSignal.create();
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<ServerId> underWay = ConcurrentHashMap.newKeySet();
    private final Set<ServerId> takenIn = ConcurrentHashMap.newKeySet();
    private final Map<ServerId, Integer> failures = new ConcurrentHashMap<>();
    /** Used by the one thread that works. */
    private boolean swept;
    /** How many were said to be back. Used by the one thread that works. */
    private int said = -1;

    /**
     * Creates it.
     *
     * @param clean whether the daemon was closed in order the last time
     */
    Boot(NodeRuntime runtime, boolean clean) {
        this.runtime = runtime;
        this.clean = clean;
        this.lane = new BootLane(runtime.services());
    }

    /** Has all servers brought back that are not yet, by the one thread that does. */
    void request() {
        if (requests.getAndIncrement() > 0) {
            return;
        }
        try {
            runtime.services().threads().execute(this);
        } catch (RejectedExecutionException e) {
            LOG.debug("the daemon is closing, servers are brought back at its next start", e);
        }
    }

    /** Has a server brought back that somebody else may have made a process for, which the engine does not list as this node's. */
    void takeIn(ServerId id) {
        takenIn.add(id);
        request();
    }

    @Override
    public void run() {
        try {
            int seen;
            do {
                seen = requests.get();
                untilAllAreBack();
            } while (requests.addAndGet(-seen) > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("the daemon is closing, servers are brought back at its next start", e);
        }
    }

    private void untilAllAreBack() throws InterruptedException {
        for (int tries = 1; !closing(); tries++) {
            try {
                environment().prepare(cancel);
                if (round()) {
                    tell();
                    return;
                }
            } catch (RookeryException e) {
                if (tries == 1 && !closing()) {
                    LOG.error("servers cannot be brought back yet: {}", e.getMessage());
                }
            } catch (RejectedExecutionException e) {
                throw e;
            } catch (RuntimeException e) {
                if (!closing()) {
                    LOG.error("bringing the servers back failed, it is tried again", e);
                }
            }
            Thread.sleep(PAUSES.pauseAfter(tries).toMillis());
        }
    }

    private void tell() {
        int count = runtime.servers().size();
        if (count != said) {
            said = count;
            LOG.info("every server is taken up, {} of them", count);
        }
    }

    /** Begins with everything that is not under way; returns whether all are back. */
    private boolean round() throws InterruptedException {
        // Before the engine is asked: what it does not list must not have been made after that.
        var waiting = runtime.servers().stream()
                .filter(server -> server.state().phase() == Phase.BOOTING && !underWay.contains(server.id()))
                .toList();
        if (!swept || !waiting.isEmpty()) {
            var processes = environment().list(cancel);
            begin(waiting, processes);
            if (!swept) {
                swept = true;
                runtime.services().threads().execute(() -> new OrphanSweep(runtime).run(processes, cancel));
            }
        }
        lane.awaitQuiet();
        return runtime.servers().stream().noneMatch(server -> server.state().phase() == Phase.BOOTING);
    }

    private void begin(List<ManagedServer> waiting, List<ProcessSummary> processes) throws InterruptedException {
        var byName = new HashMap<String, ProcessSummary>();
        processes.forEach(process -> byName.put(process.name(), process));
        var withProcess = new ArrayList<Found>();
        var told = new ArrayList<CompletableFuture<?>>();
        for (var server : waiting) {
            var found =
                    new Found(server, Optional.ofNullable(byName.get(server.id().toString())));
            if (found.process().isPresent() || takenIn.contains(server.id())) {
                withProcess.add(found);
            } else {
                told.add(withoutProcess(server));
            }
        }
        // One decision each and no call: they need not wait for one another, nor for a flush each.
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();
        // What runs has players.
        withProcess.sort(Comparator.comparing(found -> !found.runs()));
        for (var found : withProcess) {
            underWay.add(found.server().id());
            lane.run(end -> takeUp(found.server(), found.process(), end));
        }
    }

    private void takeUp(ManagedServer server, Optional<ProcessSummary> listed, CancelSignal end) {
        try {
            boolean look = listed.map(ProcessSummary::running).orElse(true);
            var status = look ? environment().inspect(server.id().toString(), end) : Optional.<ProcessStatus>empty();
            var process = status.map(ProcessStatus::id)
                    .or(() -> listed.filter(known -> !known.running()).map(ProcessSummary::id));
            boolean lines = failures.getOrDefault(server.id(), 0) < TRIES_FOR_LINES;
            server.bringBack(
                    process,
                    status.filter(ProcessStatus::running).flatMap(ProcessStatus::startedAt),
                    clean,
                    lines ? Optional.of(end) : Optional.empty());
            boolean running = status.map(ProcessStatus::running).orElse(false);
            // Waited for: a round has to know who is back.
            server.tell(new ServerEvent.Resumed(running)).join();
            takenIn.remove(server.id());
            failures.remove(server.id());
        } catch (RookeryException e) {
            failed(server);
            LOG.warn("server {}: cannot be brought back yet: {}", server.id(), e.getMessage());
        } catch (RuntimeException e) {
            // One server's trouble must not keep the others down.
            failed(server);
            if (!closing()) {
                LOG.error("server {}: bringing it back failed, it is tried again", server.id(), e);
            }
        } finally {
            underWay.remove(server.id());
        }
    }

    private CompletableFuture<?> withoutProcess(ManagedServer server) {
        try {
            server.bringBack(Optional.empty(), Optional.empty(), clean, Optional.empty());
            return server.tell(new ServerEvent.Resumed(false));
        } catch (RuntimeException e) {
            if (!closing()) {
                LOG.error("server {}: bringing it back failed, it is tried again", server.id(), e);
            }
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    private void failed(ManagedServer server) {
        failures.merge(server.id(), 1, Integer::sum);
    }

    private ServerEnvironment environment() {
        return runtime.services().environment();
    }

    private boolean closing() {
        return runtime.services().threads().isShutdown();
    }

    /** A server, and what the engine lists of it. */
    private record Found(ManagedServer server, Optional<ProcessSummary> process) {

        boolean runs() {
            return process.filter(ProcessSummary::running).isPresent();
        }
    }
}
