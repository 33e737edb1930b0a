package dev.rookery.daemon.internal.job;

import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.FileJob;
import dev.rookery.daemon.FileJobOptions;
import dev.rookery.daemon.internal.store.JobStore;
import dev.rookery.daemon.internal.store.JobStore.Unfinished;
import dev.rookery.daemon.internal.store.StoreException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node does with servers' files on its own: so many pieces at a time, the others wait in the order in which they came. Each is
 * stored before it begins and when it has ended, so that what a restart cut off is known, once. Thread-safe.
 */
public final class FileWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWork.class);
    private static final String CUT_OFF = "the node ended meanwhile";
    private static final long END_SECONDS = 10;

    private final JobStore store;
    private final FileJobOptions options;
    private final Clock clock;
    private final ExecutorService threads;
    private final BiConsumer<ServerId, FileJob> news;
    private final Object lock = new Object();
    /** What waits and runs, by its id, the oldest first. Guarded by the lock. */
    private final Map<String, JobRun<?>> active = new LinkedHashMap<>();

    private volatile boolean closed;

    /**
     * Creates the registry of a node.
     *
     * @param threads runs the work, which computes more than it waits; shut down with this
     * @param news hears of each job when it begins, at most twice a second while it goes on, and when it ends; must not block
     */
    public FileWork(
            JobStore store,
            FileJobOptions options,
            Clock clock,
            ExecutorService threads,
            BiConsumer<ServerId, FileJob> news) {
        this.store = store;
        this.options = options;
        this.clock = clock;
        this.threads = threads;
        this.news = news;
    }

    /**
     * Takes up what an earlier process left: its jobs have failed, but for those whose work only had to go to its place.
     *
     * @param known says whether the node has a server
     * @param finish puts what a job has done in its place; returns whether it is there
     * @param remove takes away a file that a job may have left
     */
    public void takeUp(
            Predicate<ServerId> known, BiPredicate<ServerId, String> finish, BiConsumer<ServerId, String> remove) {
        for (var cut : store.unfinished()) {
            if (!known.test(cut.server())) {
                store.forget(cut.server());
                continue;
            }
            takeUp(cut, finish, remove);
        }
    }

    private void takeUp(Unfinished cut, BiPredicate<ServerId, String> finish, BiConsumer<ServerId, String> remove) {
        boolean done = !cut.whole().isEmpty();
        for (var whole : cut.whole()) {
            done &= finish.test(cut.server(), whole);
        }
        for (var leftover : cut.leftovers()) {
            remove.accept(cut.server(), leftover);
        }
        store.save(FileJob.builder()
                .from(cut.job())
                .state(done ? FileJob.State.DONE : FileJob.State.FAILED)
                .ended(clock.instant())
                .problem(done ? Optional.empty() : Optional.of(CUT_OFF))
                .build());
        prune(cut.server());
        LOG.info(
                "server {}: job {} was cut off by the end of the node",
                cut.server(),
                cut.job().id());
    }

    /** Returns the jobs of a server, the newest first. */
    public List<FileJob> list(ServerId server) {
        var oldest = clock.instant().minus(options.keptFor());
        var jobs = new ArrayList<FileJob>();
        for (var stored : store.of(server)) {
            if (stored.ended().isEmpty()) {
                jobs.add(find(stored.id()).<FileJob>map(JobRun::job).orElse(stored));
            } else if (stored.ended().get().isAfter(oldest)) {
                jobs.add(stored);
            }
        }
        return jobs;
    }

    /**
     * Begins a job, or lets it wait for a place.
     *
     * @param path what it makes
     * @throws ConflictException if too many of the server wait
     */
    public <T> JobRun<T> begin(ServerId server, FileJob.Kind kind, String path, JobWork<T> work) {
        var begun = FileJob.builder()
                .id(UUID.randomUUID().toString())
                .kind(kind)
                .path(path)
                .begun(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
        var run = new JobRun<>(this, server, begun, work);
        synchronized (lock) {
            requireRoom(server);
            active.put(begun.id(), run);
        }
        try {
            store.add(server, begun);
        } catch (StoreException e) {
            synchronized (lock) {
                active.remove(begun.id());
            }
            throw new UnavailableException("the job could not be stored", e);
        }
        tell(server, begun);
        run.setStored();
        dispatch();
        return run;
    }

    /** Ends a job; one that is not known or has ended is left as it is. */
    public void cancel(ServerId server, String id) {
        find(id).filter(run -> run.server().equals(server)).ifPresent(this::cancel);
    }

    /** Ends all jobs of a server and forgets them. Blocks until they have ended, or for some seconds. */
    public void end(ServerId server) {
        List<JobRun<?>> runs;
        synchronized (lock) {
            runs = active.values().stream()
                    .filter(run -> run.server().equals(server))
                    .toList();
        }
        runs.forEach(this::cancel);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        for (var run : runs) {
            awaitEnd(run, deadline);
        }
        store.forget(server);
    }

    /** Ends everything: what runs fails as if the process had been killed, but takes away what it made. */
    @Override
    public void close() {
        closed = true;
        var waiting = new ArrayList<JobRun<?>>();
        synchronized (lock) {
            for (var run : active.values()) {
                run.cancelSignal().cancel();
                if (run.waiting()) {
                    run.setRunning();
                    waiting.add(run);
                }
            }
        }
        // Nobody else ends them any more, and somebody may wait for them.
        waiting.forEach(run -> work(run, false));
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("some jobs with files have not ended within {} s", END_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the threads that compute for jobs. */
    public Executor threads() {
        return threads;
    }

    void tell(ServerId server, FileJob job) {
        try {
            news.accept(server, job);
        } catch (RuntimeException e) {
            LOG.error("server {}: nobody hears of job {}", server, job.id(), e);
        }
    }

    void leftover(FileJob job, String path) {
        store.addLeftover(job, path);
    }

    void whole(FileJob job, String path) {
        store.setWhole(job, path);
    }

    private void requireRoom(ServerId server) {
        if (closed) {
            throw new UnavailableException("the node is stopping; try again later");
        }
        long waiting = active.values().stream()
                .filter(run -> run.server().equals(server) && !run.running())
                .count();
        long running = count(server);
        if (waiting + running >= options.waitingPerServer() + options.concurrentPerServer()) {
            throw new ConflictException(
                    "jobs of the server: " + (waiting + running) + " wait or run (expected: fewer than "
                            + (options.waitingPerServer() + options.concurrentPerServer()) + ")");
        }
    }

    private Optional<JobRun<?>> find(String id) {
        synchronized (lock) {
            return Optional.ofNullable(active.get(id));
        }
    }

    private long count(ServerId server) {
        return active.values().stream()
                .filter(run -> run.server().equals(server) && run.running())
                .count();
    }

    /** Downloads wait for others more than they work: they keep nothing else waiting. */
    private boolean place(JobRun<?> next) {
        long all = 0;
        long its = 0;
        for (var run : active.values()) {
            if (run.running() && run.download() == next.download()) {
                all++;
                its += run.server().equals(next.server()) ? 1 : 0;
            }
        }
        return next.download()
                ? all < options.concurrentDownloads()
                : all < options.concurrent() && its < options.concurrentPerServer();
    }

    /** Begins what has a place now. */
    private void dispatch() {
        var due = new ArrayList<JobRun<?>>();
        synchronized (lock) {
            for (var run : active.values()) {
                if (run.waiting() && !closed && place(run)) {
                    run.setRunning();
                    due.add(run);
                }
            }
        }
        due.forEach(run -> execute(run, true));
    }

    private void cancel(JobRun<?> run) {
        run.cancelSignal().cancel();
        boolean waited;
        synchronized (lock) {
            waited = run.waiting();
            if (waited) {
                run.setRunning();
            }
        }
        if (waited) {
            execute(run, false);
        }
    }

    private void execute(JobRun<?> run, boolean begin) {
        try {
            threads.execute(() -> work(run, begin));
        } catch (RejectedExecutionException e) {
            LOG.debug("a job found the node stopping", e);
            work(run, false);
        }
    }

    private void work(JobRun<?> run, boolean begin) {
        if (begin) {
            keep(run, run.job());
        }
        var ended = run.run(begin);
        // Who cancels a node's jobs by stopping it did not want them ended.
        boolean cutOff = closed && ended.state() != FileJob.State.DONE;
        var job = run.shown(
                cutOff ? FileJob.State.FAILED : ended.state(),
                Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                cutOff ? Optional.of(CUT_OFF) : ended.problem());
        keep(run, job);
        synchronized (lock) {
            active.remove(job.id());
        }
        ended.tell().run();
        prune(run.server());
        dispatch();
    }

    /** What cannot be stored is still told; after a restart it is one that was cut off. */
    private void keep(JobRun<?> run, FileJob job) {
        try {
            store.save(job);
        } catch (StoreException e) {
            LOG.warn("server {}: the state of job {} cannot be stored: {}", run.server(), job.id(), e.getMessage());
        }
        tell(run.server(), job);
    }

    private void prune(ServerId server) {
        try {
            store.prune(server, options.keptPerServer(), clock.instant().minus(options.keptFor()));
        } catch (StoreException e) {
            LOG.debug("old jobs stay for now", e);
        }
    }

    private static void awaitEnd(JobRun<?> run, long deadline) {
        try {
            run.outcome().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("a job of a deleted server does not end");
        } catch (ExecutionException e) {
            LOG.trace("a job of a deleted server has ended", e);
        }
    }
}
