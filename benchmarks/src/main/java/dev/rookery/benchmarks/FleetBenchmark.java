package dev.rookery.benchmarks;

import dev.rookery.api.NodeId;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.Fleet;
import dev.rookery.wings.FleetOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A question to a thousand nodes beside a plain loop over as many threads, which keeps no account, deadline or circuit. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class FleetBenchmark {

    private static final int NODES = 1000;
    private static final int CONCURRENCY = 32;

    /** How long each node takes to answer, in microseconds. */
    @Param({"0", "1000"})
    public int latencyMicros;

    private final Map<NodeId, FakeNode> nodes = new LinkedHashMap<>();
    private final Fleet fleet = Fleet.builder()
            .options(FleetOptions.builder()
                    .concurrency(CONCURRENCY)
                    .pollInterval(Duration.ZERO)
                    .build())
            .build()
            .start();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY);

    /** Makes the nodes. */
    @Setup(Level.Trial)
    public void start() {
        var panel = new FakePanel();
        for (int i = 1; i <= NODES; i++) {
            var node = FakeNode.create(panel);
            nodes.put(new NodeId(i), node);
            fleet.add(new NodeId(i), node);
        }
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() {
        fleet.close();
        threads.shutdownNow();
        nodes.values().forEach(FakeNode::close);
    }

    /** The question of a fleet. */
    @Benchmark
    public int fleet() {
        var result = fleet.each(this::ask).join();
        if (!result.complete()) {
            throw new IllegalStateException("nodes without an answer: " + result.failures() + result.notAsked());
        }
        return result.answers().size();
    }

    /** A plain loop. */
    @Benchmark
    public int plainLoop() throws InterruptedException, ExecutionException {
        var calls = new ArrayList<Callable<SystemInformation>>();
        nodes.values().forEach(node -> calls.add(() -> ask(node)));
        var answers = new LinkedHashMap<NodeId, SystemInformation>();
        var ids = nodes.keySet().iterator();
        for (var future : threads.invokeAll(calls)) {
            answers.put(ids.next(), future.get());
        }
        return answers.size();
    }

    private SystemInformation ask(Node node) {
        if (latencyMicros > 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(latencyMicros));
        }
        return node.system();
    }
}
