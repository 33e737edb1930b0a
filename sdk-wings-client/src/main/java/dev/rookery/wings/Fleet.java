package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.node.Node;
import dev.rookery.kit.NamedThreads;
import dev.rookery.wings.FleetOutcome.Reason;
import dev.rookery.wings.internal.fleet.Breaker;
import dev.rookery.wings.internal.fleet.FleetStream;
import dev.rookery.wings.internal.fleet.Member;
import dev.rookery.wings.internal.fleet.Question;
import dev.rookery.wings.internal.fleet.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Many nodes, asked together. Of whatever kind they are; a node that is slow or gone costs the others nothing: questions have a deadline
 * and come back with what there is, and a node that only fails is left alone for a while (its circuit is open). Thread-safe.
 *
 * <pre>{@code
 * try (var fleet = Fleet.builder().nodes(nodes).build().start()) {
 *     FleetResult<SystemInformation> answers = fleet.each(Node::system).join();
 *     fleet.events().subscribe(...);
 * }
 * }</pre>
 *
 * <p><b>The stream.</b> While somebody subscribes or not, each node is asked for all its servers every {@link FleetOptions#pollInterval()}:
 * one call tells state and usage of all of them, and is the fleet's sign of life of the node too. A console for each server would tell
 * some seconds earlier and cost a socket and a thread each on both sides, of which Wings allows 30 a server for all its users; whoever
 * watches one server opens its console.
 */
public final class Fleet implements AutoCloseable {

    private static final long KEEP_SECONDS = 5;

    private final FleetOptions options;
    private final Optional<Executor> givenExecutor;
    private final Optional<ScheduledExecutorService> givenScheduler;
    private final Clock clock;
    private final Map<NodeId, Member> members = new ConcurrentHashMap<>();
    private final Set<Question<?>> questions = ConcurrentHashMap.newKeySet();
    private final CancelSignal closing = CancelSignal.create();
    private final FleetStream stream;
    private final Workers workers;
    private final Executor executor;
    private final Object lifecycle = new Object();
    // Both guarded by lifecycle.
    private Optional<Timing> timing = Optional.empty();
    private boolean closed;

    /** What runs while the fleet does. */
    private record Timing(ScheduledExecutorService scheduler, Optional<Future<?>> polls) {}

    Fleet(
            Map<NodeId, Node> nodes,
            FleetOptions options,
            Optional<Executor> executor,
            Optional<ScheduledExecutorService> scheduler,
            Clock clock) {
        this.options = options;
        this.givenExecutor = executor;
        this.givenScheduler = scheduler;
        this.clock = clock;
        this.executor = executor.orElseGet(Fleet::threads);
        this.stream = new FleetStream(this.executor);
        this.workers = new Workers(this.executor, options.concurrency(), options.waiting());
        nodes.forEach(this::add);
    }

    /** Returns a builder. */
    public static FleetBuilder builder() {
        return new FleetBuilder();
    }

    /**
     * Begins to look at the nodes. Repeating has no effect.
     *
     * @return this
     * @throws ConflictException if it was closed
     */
    public Fleet start() {
        synchronized (lifecycle) {
            if (closed) {
                throw new ConflictException("the fleet was closed (expected: a new one)");
            }
            if (timing.isEmpty()) {
                var scheduler = givenScheduler.orElseGet(Fleet::timer);
                timing = Optional.of(new Timing(scheduler, polls(scheduler)));
            }
            return this;
        }
    }

    /**
     * Ends the stream and every question, these with what there is. Calls that run are cancelled; threads that were handed in are left
     * alone. Repeating has no effect.
     */
    @Override
    public void close() {
        Optional<Timing> ending;
        synchronized (lifecycle) {
            closed = true;
            ending = timing;
            timing = Optional.empty();
        }
        ending.flatMap(Timing::polls).ifPresent(polls -> polls.cancel(false));
        workers.close();
        closing.cancel();
        questions.forEach(question -> question.end(Reason.CLOSED));
        stream.close();
        if (givenScheduler.isEmpty()) {
            ending.ifPresent(running -> running.scheduler().shutdownNow());
        }
        if (givenExecutor.isEmpty() && executor instanceof ExecutorService own) {
            own.shutdown();
        }
    }

    /** Adds a node, in the place of one of the same number. */
    public void add(NodeId id, Node node) {
        var breaker = new Breaker(requireNonNull(id, "id"), options, clock, System::nanoTime);
        var member = new Member(id, requireNonNull(node, "node"), breaker, options, System::nanoTime);
        remove(id);
        members.put(id, member);
        stream.publish(new FleetEvent.NodeChanged(breaker.health()));
    }

    /** Takes a node out; returns whether it was there. Calls to it that run, run on. */
    public boolean remove(NodeId id) {
        var member = members.remove(id);
        if (member == null) {
            return false;
        }
        member.remove();
        stream.publish(new FleetEvent.NodeGone(id));
        return true;
    }

    /** Returns the numbers of all nodes. */
    public Set<NodeId> nodes() {
        return Set.copyOf(members.keySet());
    }

    /** Returns a node, to ask it alone; what it answers is not counted here. */
    public Optional<Node> find(NodeId id) {
        return Optional.ofNullable(members.get(id)).map(Member::node);
    }

    /**
     * Returns how a node is doing.
     *
     * @throws NotFoundException if there is no such node
     */
    public NodeHealth health(NodeId id) {
        var member = members.get(id);
        if (member == null) {
            throw new NotFoundException("the fleet has no node " + id);
        }
        return member.breaker().health();
    }

    /** Returns how all nodes are doing. */
    public List<NodeHealth> health() {
        return members.values().stream()
                .map(member -> member.breaker().health())
                .toList();
    }

    /** Asks all nodes, within {@link FleetOptions#deadline()}. */
    public <T> CompletableFuture<FleetResult<T>> each(Function<? super Node, ? extends T> call) {
        return each(members.keySet(), call);
    }

    /** Asks some nodes, within {@link FleetOptions#deadline()}. */
    public <T> CompletableFuture<FleetResult<T>> each(
            Collection<NodeId> nodes, Function<? super Node, ? extends T> call) {
        return each(nodes, call, options.deadline());
    }

    /**
     * Asks some nodes, {@link FleetOptions#concurrency()} at a time.
     *
     * @param nodes which
     * @param call asks one; the node that it is given is bounded by what is left of the deadline, and by the cancelling of the result
     * @param deadline how long it may take as a whole; then what there is comes back, and calls that run are cancelled
     * @return completes with an outcome for each node, never exceptionally; cancelling it cancels what runs
     * @throws ConflictException if the fleet was not started
     */
    public <T> CompletableFuture<FleetResult<T>> each(
            Collection<NodeId> nodes, Function<? super Node, ? extends T> call, Duration deadline) {
        requireNonNull(call, "call");
        var scheduler = running();
        var question = new Question<T>(nodes, call, deadline, System::nanoTime);
        questions.add(question);
        question.result().whenComplete((result, failure) -> questions.remove(question));
        if (scheduler.isEmpty()) {
            question.end(Reason.CLOSED);
            return question.result();
        }
        limit(question, deadline, scheduler.get());
        ask(question);
        return question.result();
    }

    /**
     * Returns state and usage of all servers, and which nodes answer: first what is known, then what changes. Of what a slow subscriber
     * has not been told yet, only the newest is kept for each server, so that it gets the present state however slow it is. Subscribers
     * are called on the fleet's executor, one event at a time; the stream completes when the fleet is closed, whatever is left to tell.
     */
    public Flow.Publisher<FleetEvent> events() {
        return stream;
    }

    private <T> void ask(Question<T> question) {
        var asked = new ArrayList<NodeId>();
        var tasks = new ArrayList<Workers.Task>();
        for (var id : question.nodes()) {
            var member = members.get(id);
            if (member == null) {
                question.notAsked(id, Reason.UNKNOWN_NODE);
            } else {
                asked.add(id);
                tasks.add(question.task(id, member.node(), member.breaker(), this::circuitChanged));
            }
        }
        int taken = workers.submit(tasks);
        asked.subList(taken, asked.size())
                .forEach(id -> question.notAsked(id, workers.closed() ? Reason.CLOSED : Reason.TOO_MANY));
    }

    private void limit(Question<?> question, Duration deadline, ScheduledExecutorService scheduler) {
        try {
            var limit =
                    scheduler.schedule(() -> question.end(Reason.DEADLINE), deadline.toNanos(), TimeUnit.NANOSECONDS);
            question.result().whenComplete((result, failure) -> limit.cancel(false));
        } catch (RejectedExecutionException e) {
            question.end(Reason.CLOSED);
        }
    }

    private Optional<ScheduledExecutorService> running() {
        synchronized (lifecycle) {
            if (timing.isEmpty() && !closed) {
                throw new ConflictException("the fleet is not running (expected: start() before)");
            }
            return timing.map(Timing::scheduler);
        }
    }

    private void circuitChanged(NodeId id) {
        var member = members.get(id);
        if (member != null) {
            stream.publish(new FleetEvent.NodeChanged(member.breaker().health()));
        }
    }

    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(1, NamedThreads.platform("wings-fleet-timer"));
        // Most questions are answered long before their limit.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Threads that end when there was nothing to do for a while: as many as tasks run, which {@link Workers} bounds. */
    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                NamedThreads.waiting("wings-fleet"));
    }

    private Optional<Future<?>> polls(ScheduledExecutorService scheduler) {
        long interval = options.pollInterval().toNanos();
        return interval == 0
                ? Optional.empty()
                : Optional.of(scheduler.scheduleWithFixedDelay(this::poll, 0, interval, TimeUnit.NANOSECONDS));
    }

    private void poll() {
        members.values().forEach(member -> member.poll(workers, closing, stream));
    }
}
