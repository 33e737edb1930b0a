package dev.rookery.daemon.internal.job;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.FileJob;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that waits or runs. Thread-safe.
 *
 * @param <T> what comes of it
 */
public final class JobRun<T> {

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String UNEXPECTED = "something unexpected went wrong, see the node's log";

    private final FileWork owner;
    private final ServerId server;
    private final FileJob begun;
    private final JobWork<T> work;
    private final CancelSignal cancel = CancelSignal.create();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong toldNanos = new AtomicLong(System.nanoTime());
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile long total = -1;
    private volatile String path;
    private volatile Optional<String> note = Optional.empty();
    private volatile boolean stored;
    private volatile FileJob.State state = FileJob.State.WAITING;

    JobRun(FileWork owner, ServerId server, FileJob begun, JobWork<T> work) {
        this.owner = owner;
        this.server = server;
        this.begun = begun;
        this.work = work;
        this.path = begun.path();
    }

    /** Returns how far it is. */
    public FileJob job() {
        return shown(state, Optional.empty(), Optional.empty());
    }

    /**
     * Waits for the end.
     *
     * @param caller ends the job when it is cancelled
     * @throws RookeryException if the work failed or was cancelled
     */
    public T await(CancelSignal caller) {
        try (var registration = caller.onCancel(() -> owner.cancel(server, begun.id()))) {
            LOG.trace("waiting for {}, {}", begun.id(), registration);
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            owner.cancel(server, begun.id());
            throw new UnavailableException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RookeryException known) {
                throw known;
            }
            throw new UnavailableException("the work failed: " + e.getMessage(), e);
        }
    }

    /** It can begin: it is stored. */
    void setStored() {
        stored = true;
    }

    boolean waiting() {
        return stored && state == FileJob.State.WAITING;
    }

    boolean download() {
        return begun.kind() == FileJob.Kind.DOWNLOAD;
    }

    ServerId server() {
        return server;
    }

    boolean running() {
        return state == FileJob.State.RUNNING;
    }

    void setRunning() {
        state = FileJob.State.RUNNING;
    }

    CancelSignal cancelSignal() {
        return cancel;
    }

    /** Returns what completes, in whichever way, when it has ended. */
    CompletableFuture<T> outcome() {
        return outcome;
    }

    /** Does the work; returns what to keep of it. */
    Ended run(boolean begin) {
        try {
            if (!begin || cancel.cancelled()) {
                return new Ended(FileJob.State.CANCELLED, Optional.empty(), this::fail);
            }
            var result = work.run(new Progress());
            return new Ended(FileJob.State.DONE, note, () -> outcome.complete(result));
        } catch (IOException | RuntimeException | Error e) {
            if (cancel.cancelled()) {
                return new Ended(FileJob.State.CANCELLED, Optional.empty(), this::fail);
            }
            if (!(e instanceof RookeryException) && !(e instanceof IOException)) {
                LOG.error("server {}: job {} failed", server, begun.id(), e);
            }
            var text = e instanceof RookeryException || e instanceof IOException
                    ? String.valueOf(e.getMessage())
                    : UNEXPECTED;
            return new Ended(FileJob.State.FAILED, Optional.of(text), () -> outcome.completeExceptionally(e));
        }
    }

    private void fail() {
        outcome.completeExceptionally(new UnavailableException("the job was cancelled"));
    }

    FileJob shown(FileJob.State now, Optional<Instant> ended, Optional<String> problem) {
        long size = total;
        long count = done.get();
        return FileJob.builder()
                .from(begun)
                .path(path)
                .state(now)
                .doneBytes(count)
                .totalBytes(size < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(size, count)))
                .ended(ended)
                .problem(problem)
                .build();
    }

    /**
     * How it ended.
     *
     * @param state the last one
     * @param problem why it failed, or what is otherwise than was asked for
     * @param tell lets those go who wait for it
     */
    record Ended(FileJob.State state, Optional<String> problem, Runnable tell) {}

    /** What the work says. */
    private final class Progress implements JobProgress {

        @Override
        public void total(long bytes) {
            total = bytes;
        }

        @Override
        public void add(long bytes) {
            done.addAndGet(bytes);
            long now = System.nanoTime();
            long last = toldNanos.get();
            if (now - last >= TELL_NANOS && toldNanos.compareAndSet(last, now)) {
                owner.tell(server, job());
            }
        }

        @Override
        public void path(String now) {
            path = now;
        }

        @Override
        public void note(String text) {
            note = Optional.of(text);
        }

        @Override
        public void leftover(String file) {
            owner.leftover(begun, file);
        }

        @Override
        public void whole(String file) {
            owner.whole(begun, file);
        }

        @Override
        public CancelSignal cancel() {
            return cancel;
        }
    }
}
