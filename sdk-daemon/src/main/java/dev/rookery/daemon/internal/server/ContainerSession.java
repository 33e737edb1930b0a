package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.egg.DoneMatcher;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.api.spi.Subscription;
import dev.rookery.daemon.internal.console.LiveOutput;
import dev.rookery.daemon.internal.console.ResumedOutput;
import dev.rookery.kit.Backoff;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hold on one running container: hears its output, feeds its input, counts what it uses, and says when it has ended, also when the
 * engine was away in between. Thread-safe.
 */
final class ContainerSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerSession.class);
    private static final long LAST_OUTPUT_MILLIS = 5_000;
    private static final long REATTACH_MILLIS = 1_000;
    private static final int GONE_EXIT_CODE = 1;

    private final ManagedServer server;
    private final NodeServices services;
    private final long epoch;
    private final String container;
    private final DoneMatcher done;
    private final FeatureMatcher features;
    private final CancelSignal closed = CancelSignal.create();
    private final Object lock = new Object();
    private @Nullable Attachment attachment;
    private @Nullable LiveOutput output;
    private @Nullable Subscription news;
    private final AtomicInteger looks = new AtomicInteger();

    ContainerSession(ManagedServer server, long epoch, String container) {
        this.server = server;
        this.services = server.services();
        this.epoch = epoch;
        this.container = container;
        this.done = DoneMatcher.of(server.configuration().process().startup());
        this.features = FeatureMatcher.of(server.configuration().settings().egg());
    }

    String container() {
        return container;
    }

    long epoch() {
        return epoch;
    }

    boolean open() {
        return !closed.cancelled();
    }

    /** Attaches to a container that has not been started yet, so that no output is lost. */
    void attachBeforeStart(CancelSignal cancel) {
        var live = new LiveOutput(maxLineBytes(), false, this::line);
        hold(live, environment().attach(container, live, cancel));
    }

    /** Begins to watch a container that runs. */
    void watch() {
        synchronized (lock) {
            if (!open()) {
                return;
            }
            news = services.processes().hold(container, this::look);
        }
        // What ended before the subscription was told to nobody.
        look();
    }

    /** Takes up a container that runs already, trying until it works or the container has ended. */
    void resume() {
        services.threads().execute(() -> {
            attachAgain();
            watch();
        });
    }

    /** Returns whether it is open and its container was started. */
    boolean watched() {
        synchronized (lock) {
            return open() && news != null;
        }
    }

    /** Waits until lines can be typed; returns false if they cannot by then, or the container has ended. */
    boolean awaitAttached(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        synchronized (lock) {
            while (attachment == null && open()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                lock.wait(left);
            }
            return open();
        }
    }

    /** Types a line. */
    void type(String line) {
        Attachment present;
        synchronized (lock) {
            present = attachment;
        }
        if (present == null || !open()) {
            throw new ConflictException("the server's process is not attached, so it cannot be sent a command now");
        }
        present.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        closed.cancel();
        synchronized (lock) {
            if (attachment != null) {
                attachment.close();
            }
            if (news != null) {
                news.close();
            }
            lock.notifyAll();
        }
    }

    private void attachAgain() {
        for (int failures = 0; open(); ) {
            try {
                var live = new LiveOutput(maxLineBytes(), true, this::line);
                var resumed = new ResumedOutput(environment(), services.clock(), maxLineBytes());
                hold(live, resumed.attach(container, live, this::stored, closed));
                return;
            } catch (RookeryException e) {
                if (!e.retryable()) {
                    LOG.warn("server {}: its container cannot be attached: {}", server.id(), e.getMessage());
                    return;
                }
                failures++;
                pause(failures);
            }
        }
    }

    private void stored(List<String> lines, long dropped) {
        server.console().takeStored(lines, dropped, server.consoleBase(), server.knownTail());
        if (lines.stream().anyMatch(done::matches)) {
            server.tell(new ServerEvent.Ready(epoch));
        }
    }

    private void line(String text) {
        server.console().line(text);
        if (server.state().phase() != Phase.RUNNING && done.matches(text)) {
            server.tell(new ServerEvent.Ready(epoch));
        }
        features.find(text).ifPresent(server.console()::event);
    }

    private void hold(LiveOutput live, Attachment attached) {
        boolean tooLate;
        synchronized (lock) {
            tooLate = !open();
            attachment = attached;
            output = live;
            lock.notifyAll();
        }
        if (tooLate) {
            attached.close();
        }
        services.threads().execute(() -> attachAgainAfter(live));
    }

    /** When the output ends and the container has not, the connection broke: attach again. */
    private void attachAgainAfter(LiveOutput live) {
        try {
            while (!live.awaitEnd(TimeUnit.HOURS.toMillis(1))) {
                LOG.trace("server {}: still attached", server.id());
            }
            Thread.sleep(REATTACH_MILLIS);
            for (int failures = 1; open(); failures++) {
                try {
                    var status = environment().inspect(container, closed);
                    if (status.isPresent() && status.get().running() && open()) {
                        LOG.info("server {}: the connection to its console broke, attaching again", server.id());
                        attachAgain();
                    }
                    return;
                } catch (RookeryException e) {
                    pause(failures);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException ignored) {
            // The daemon is closing.
        }
    }

    /** Has somebody look whether the container has ended: one at a time, and once more if there was news meanwhile. */
    private void look() {
        if (looks.getAndIncrement() > 0) {
            return;
        }
        try {
            services.threads().execute(this::lookAgainAndAgain);
        } catch (RejectedExecutionException e) {
            LOG.debug("server {}: the daemon is closing, its end is seen at the next start", server.id());
        }
    }

    private void lookAgainAndAgain() {
        int failures = 0;
        int seen = looks.get();
        while (open()) {
            try {
                var status = environment().inspect(container, closed);
                if (status.isEmpty() || !status.get().running()) {
                    ended();
                    return;
                }
                seen = looks.addAndGet(-seen);
                if (seen == 0) {
                    return;
                }
            } catch (RookeryException e) {
                LOG.debug("server {}: cannot ask for its container: {}", server.id(), e.getMessage());
                failures++;
                pause(failures);
            }
        }
    }

    private void ended() {
        LiveOutput last;
        synchronized (lock) {
            last = output;
        }
        try {
            if (last != null && !last.awaitEnd(LAST_OUTPUT_MILLIS)) {
                LOG.warn("server {}: its output has not ended with its process", server.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        for (int failures = 1; open(); failures++) {
            try {
                var status = environment().inspect(container, closed);
                int code = status.map(ProcessStatus::exitCode).orElse(GONE_EXIT_CODE);
                boolean oom = status.map(ProcessStatus::outOfMemory).orElse(false);
                close();
                server.usage().stopped();
                server.tell(new ServerEvent.Exited(
                        epoch, code, oom, services.clock().instant()));
                return;
            } catch (RookeryException e) {
                pause(failures);
            }
        }
    }

    private void pause(int failures) {
        var pause = Backoff.REMOTE.pauseAfter(failures);
        try {
            Thread.sleep(Math.min(pause.toMillis(), Duration.ofSeconds(5).toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private ServerEnvironment environment() {
        return services.environment();
    }

    private int maxLineBytes() {
        return services.options().console().maxLineBytes();
    }
}
