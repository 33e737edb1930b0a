package dev.rookery.daemon.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.file.FileJob.State;
import dev.rookery.daemon.FileJobOptions;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWorkTest {

    private static final FileJobOptions OPTIONS = FileJobOptions.builder()
            .concurrent(2)
            .concurrentPerServer(1)
            .waitingPerServer(2)
            .keptPerServer(3)
            .build();

    private final ServerId server = ServerId.random();
    private final ConcurrentLinkedQueue<FileJob> news = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @TempDir
    private Path directory;

    private DaemonStore store;
    private FileWork work;

    @BeforeEach
    void open() {
        store = DaemonStore.open(directory);
        work = work();
    }

    @AfterEach
    void close() throws InterruptedException {
        goOn.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        store.close();
    }

    @Test
    void doesTheWorkAndTellsOfIt() {
        var run = work.begin(server, FileJob.Kind.COMPRESS, "/a", progress -> {
            progress.total(10);
            progress.add(10);
            progress.path("/a copy");
            return "made";
        });

        assertThat(run.await(CancelSignal.create())).isEqualTo("made");
        assertThat(work.list(server)).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(State.DONE);
            assertThat(job.path()).isEqualTo("/a copy");
            assertThat(job.doneBytes()).isEqualTo(10);
            assertThat(job.ended()).isPresent();
        });
        assertThat(news).extracting(FileJob::state).containsExactly(State.WAITING, State.RUNNING, State.DONE);
    }

    @Test
    void givesWhoWaitsTheVeryFailure() {
        var run = work.begin(server, FileJob.Kind.DECOMPRESS, "/", progress -> {
            throw new InvalidInputException("no archive");
        });

        assertThatThrownBy(() -> run.await(CancelSignal.create()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("no archive");
        assertThat(work.list(server)).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(State.FAILED);
            assertThat(job.problem()).contains("no archive");
        });
    }

    @Test
    void letsOneServerWaitAndRefusesTooMany() {
        var other = ServerId.random();
        var started = new CountDownLatch(1);
        var runs = new ArrayList<JobRun<?>>();
        runs.add(work.begin(server, FileJob.Kind.COMPRESS, "/1", blocking(started)));
        runs.add(work.begin(server, FileJob.Kind.COMPRESS, "/2", blocking(new CountDownLatch(1))));
        runs.add(work.begin(server, FileJob.Kind.COMPRESS, "/3", blocking(new CountDownLatch(1))));

        assertThatThrownBy(() -> work.begin(server, FileJob.Kind.COMPRESS, "/4", progress -> true))
                .isInstanceOf(ConflictException.class);
        // The second place of the node is free for others.
        assertThat(work.begin(other, FileJob.Kind.COMPRESS, "/5", progress -> true)
                        .await(CancelSignal.create()))
                .isTrue();
        await(started);
        assertThat(work.list(server))
                .extracting(FileJob::state)
                .containsExactly(State.WAITING, State.WAITING, State.RUNNING);
        goOn.countDown();
        runs.forEach(run -> run.await(CancelSignal.create()));
        assertThat(work.list(server)).extracting(FileJob::state).containsOnly(State.DONE);
    }

    @Test
    void leavesNobodyWaitingWhenTheNodeEndsOrALibraryIsMissing() {
        var broken = work.begin(server, FileJob.Kind.COMPRESS, "/0", progress -> {
            throw new UnsatisfiedLinkError("no native library");
        });
        assertThatThrownBy(() -> broken.await(CancelSignal.create())).isInstanceOf(UnavailableException.class);
        var running = work.begin(server, FileJob.Kind.COMPRESS, "/1", untilCancelled());
        var waiting = work.begin(server, FileJob.Kind.COMPRESS, "/2", progress -> true);

        work.close();

        assertThatThrownBy(() -> waiting.await(CancelSignal.create())).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> running.await(CancelSignal.create())).isInstanceOf(UnavailableException.class);
        assertThat(work.list(server)).extracting(FileJob::state).containsOnly(State.FAILED);
    }

    @Test
    void cancelsWhatRunsAndWhatWaits() {
        var running = work.begin(server, FileJob.Kind.COMPRESS, "/1", untilCancelled());
        var waiting = work.begin(server, FileJob.Kind.COMPRESS, "/2", progress -> true);

        work.cancel(server, waiting.job().id());
        work.cancel(ServerId.random(), running.job().id());
        assertThatThrownBy(() -> waiting.await(CancelSignal.create())).isInstanceOf(UnavailableException.class);
        work.cancel(server, running.job().id());
        assertThatThrownBy(() -> running.await(CancelSignal.create())).isInstanceOf(UnavailableException.class);

        assertThat(work.list(server)).extracting(FileJob::state).containsExactly(State.CANCELLED, State.CANCELLED);
    }

    @Test
    void endsTheJobOfACallThatIsCancelled() {
        var caller = CancelSignal.create();
        var run = work.begin(server, FileJob.Kind.COMPRESS, "/1", untilCancelled());

        caller.cancel();

        assertThatThrownBy(() -> run.await(caller)).isInstanceOf(UnavailableException.class);
        assertThat(work.list(server)).extracting(FileJob::state).containsExactly(State.CANCELLED);
    }

    @Test
    void keepsTheNewestOnly() {
        for (int i = 0; i < 6; i++) {
            work.begin(server, FileJob.Kind.COMPRESS, "/" + i, progress -> true).await(CancelSignal.create());
        }
        work.begin(server, FileJob.Kind.COMPRESS, "/last", progress -> true).await(CancelSignal.create());

        // Whoever waits may go on before the oldest are forgotten.
        eventually(() -> work.list(server).size() == 3);
        assertThat(work.list(server)).extracting(FileJob::path).containsExactly("/last", "/5", "/4");
    }

    @Test
    void saysOnceWhatARestartCutOffAndTakesItsFilesAway() {
        var cut = work.begin(server, FileJob.Kind.COMPRESS, "/1", progress -> {
            progress.leftover("/.rookery-x.tmp");
            await(goOn);
            return true;
        });
        eventually(() -> !store.jobs().unfinished().isEmpty()
                && !store.jobs().unfinished().get(0).leftovers().isEmpty());
        var gone = ServerId.random();
        work.begin(gone, FileJob.Kind.COMPRESS, "/2", blocking(new CountDownLatch(1)));

        var removed = new ArrayList<String>();
        var after = work();
        after.takeUp(server::equals, (of, path) -> false, (of, path) -> removed.add(of + path));
        var seen = after.list(server);
        work().takeUp(server::equals, (of, path) -> false, (of, path) -> removed.add(of + path));

        assertThat(removed).containsExactly(server + "/.rookery-x.tmp");
        assertThat(seen).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(cut.job().id());
            assertThat(job.state()).isEqualTo(State.FAILED);
            assertThat(job.problem()).contains("the node ended meanwhile");
        });
        assertThat(work().list(server)).isEqualTo(seen);
        assertThat(after.list(gone)).isEmpty();
    }

    @Test
    void putsInItsPlaceWhatWasDoneWhenTheNodeEnded() {
        work.begin(server, FileJob.Kind.DECOMPRESS, "/1", progress -> {
            progress.leftover("/.rookery-x.tmp");
            progress.whole("/.rookery-x.tmp");
            await(goOn);
            return true;
        });
        eventually(() -> !store.jobs().unfinished().isEmpty()
                && !store.jobs().unfinished().get(0).whole().isEmpty());

        var finished = new ArrayList<String>();
        var after = work();
        after.takeUp(server::equals, (of, path) -> finished.add(of + path), (of, path) -> finished.add("removed"));

        assertThat(finished).containsExactly(server + "/.rookery-x.tmp", "removed");
        assertThat(after.list(server)).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(State.DONE);
            assertThat(job.problem()).isEmpty();
        });
    }

    @Test
    void saysOfADoneJobWhatIsOtherwiseThanItWasAskedFor() {
        work.begin(server, FileJob.Kind.DECOMPRESS, "/1", progress -> {
                    progress.note("left out: 1 link");
                    return true;
                })
                .await(CancelSignal.create());

        assertThat(work.list(server)).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(State.DONE);
            assertThat(job.problem()).contains("left out: 1 link");
        });
    }

    @Test
    void forgetsTheJobsOfADeletedServer() {
        var running = work.begin(server, FileJob.Kind.COMPRESS, "/1", untilCancelled());

        work.end(server);

        assertThatThrownBy(() -> running.await(CancelSignal.create())).isInstanceOf(UnavailableException.class);
        assertThat(work.list(server)).isEmpty();
    }

    @Test
    void callsFailedWhatTheEndOfTheNodeEnds() {
        var running = work.begin(server, FileJob.Kind.COMPRESS, "/1", untilCancelled());

        work.close();

        assertThatThrownBy(() -> running.await(CancelSignal.create())).isInstanceOf(UnavailableException.class);
        assertThat(work.list(server)).extracting(FileJob::state).containsExactly(State.FAILED);
        assertThatThrownBy(() -> work.begin(server, FileJob.Kind.COMPRESS, "/1", progress -> true))
                .isInstanceOf(UnavailableException.class);
    }

    private FileWork work() {
        return new FileWork(store.jobs(), OPTIONS, Clock.systemUTC(), threads, (of, job) -> news.add(job));
    }

    private JobWork<Boolean> blocking(CountDownLatch started) {
        return progress -> {
            started.countDown();
            await(goOn);
            return true;
        };
    }

    private static JobWork<Boolean> untilCancelled() {
        return progress -> {
            var cancelled = new CountDownLatch(1);
            progress.cancel().onCancel(cancelled::countDown);
            await(cancelled);
            throw new IOException("ended early");
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void eventually(BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
