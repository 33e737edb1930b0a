package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Json;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.daemon.internal.activity.ActivityLog;
import dev.rookery.daemon.internal.job.InstallFiles;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the effects of one server's decisions; called on the server's mailbox alone, so nothing here may wait. */
final class EffectRunner {

    /** Of what the node itself did: panels refuse an entry without an address. */
    private static final String LOOPBACK = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

    private final ManagedServer server;
    private final NodeServices services;
    private final Runnable forget;
    private Running running = new Running(0);
    private @Nullable KillTask killing;
    private @Nullable Future<?> stopDeadline;
    private int failedStarts;

    EffectRunner(ManagedServer server, NodeServices services, Runnable forget) {
        this.server = server;
        this.services = services;
        this.forget = forget;
    }

    void begin(Effect effect) {
        services.points().reached("decided " + effect.getClass().getSimpleName());
        if (effect instanceof Effect.Launch launch) {
            var task = begin(launch.epoch());
            run(new LaunchTask(server, launch.epoch(), launch.inLine(), task.cancel(), task.firstTry()));
        } else if (effect instanceof Effect.Install install) {
            var task = begin(install.epoch());
            server.console().event(new ConsoleEvent.InstallStarted());
            run(new InstallJob(
                    server,
                    install.epoch(),
                    new InstallFiles(server.services().options(), server.id()),
                    task.cancel(),
                    task.firstTry()));
        } else if (effect instanceof Effect.Abort abort) {
            abort(abort.epoch());
        } else if (effect instanceof Effect.Attach attach) {
            attach(attach.epoch());
        } else if (effect instanceof Effect.Stop stop) {
            stop(stop);
        } else if (effect instanceof Effect.Kill kill) {
            kill(kill.epoch());
        } else if (effect instanceof Effect.AwaitEngine await) {
            run(new EngineWait(server, await.epoch(), failedStarts++));
        } else if (effect instanceof Effect.Remove remove) {
            run(new RemoveTask(server, remove.epoch()));
        } else {
            tell(effect);
        }
    }

    private void tell(Effect effect) {
        if (effect instanceof Effect.Publish publish) {
            endStopDeadline();
            failedStarts = publish.now().equals(ServerState.RUNNING) ? 0 : failedStarts;
            server.console().event(new ConsoleEvent.Status(publish.now()));
            server.usage().publish();
        } else if (effect instanceof Effect.ReportInstall) {
            server.console().event(ConsoleEvent.InstallCompleted.UNTOLD);
        } else if (effect instanceof Effect.Say say) {
            server.console().say(say.text());
        } else if (effect instanceof Effect.NoteCrash crash) {
            noteCrash(crash);
        } else if (effect instanceof Effect.WithdrawCrash crash) {
            services.activity().withdraw(mark(crash.at()));
        } else if (effect instanceof Effect.Forget) {
            server.deleted();
            forget.run();
        }
    }

    private void noteCrash(Effect.NoteCrash crash) {
        int lines = services.options().activity().crashLines();
        List<Json> last = server.console().log().tail(lines).stream()
                .map(line -> (Json) ActivityLog.text(line.text()))
                .toList();
        var metadata = new LinkedHashMap<String, Json>();
        metadata.put("exit_code", new Json.Num(BigDecimal.valueOf(crash.exitCode())));
        metadata.put("oomkilled", new Json.Bool(crash.outOfMemory()));
        metadata.put("logs", new Json.Array(last));
        var entry = ActivityEntry.builder(server.id(), "server:crashed", crash.at())
                .address(LOOPBACK)
                .metadata(metadata)
                .build();
        // An engine that is being stopped says so last.
        services.activity().add(entry, crash.at().plus(ExitVerdict.ENGINE_STOP), mark(crash.at()));
    }

    private String mark(Instant ended) {
        return server.id() + " " + ended;
    }

    private Running begin(long epoch) {
        var task = new Running(epoch);
        running = task;
        return task;
    }

    private void abort(long epoch) {
        var task = running;
        if (task.epoch() == epoch) {
            server.killing(epoch, task.firstTry());
            // On a thread of its own: what the signal wakes may take its time.
            run(task.cancel()::cancel);
        }
    }

    private void kill(long epoch) {
        endStopDeadline();
        var outcome = new CompletableFuture<Optional<String>>();
        server.killing(epoch, outcome);
        var present = killing;
        if (present != null && present.epoch() == epoch && present.ask(outcome)) {
            return;
        }
        var task = new KillTask(server, epoch);
        task.ask(outcome);
        killing = task;
        if (!run(task)) {
            outcome.complete(Optional.of("the node is stopping"));
        }
    }

    private void attach(long epoch) {
        var session = new ContainerSession(
                server, epoch, server.container().orElse(server.id().toString()));
        server.hold(session);
        session.resume();
    }

    private void stop(Effect.Stop stop) {
        endStopDeadline();
        long longest = stop.patience().of(services.options().power()).toMillis();
        long left =
                Duration.between(services.clock().instant(), stop.deadline()).toMillis();
        try {
            stopDeadline = services.timer()
                    .schedule(
                            () -> server.tell(new ServerEvent.StopOverdue(stop.epoch())),
                            // A clock that was set back must not prolong it.
                            Math.min(Math.max(0, left), longest),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("server {}: the daemon is closing, nobody keeps its stop deadline", server.id());
        }
        run(new StopTask(server, stop.epoch()));
    }

    /** A deadline that is over without need would keep the server in memory until then. */
    private void endStopDeadline() {
        var present = stopDeadline;
        if (present != null) {
            present.cancel(false);
            stopDeadline = null;
        }
    }

    private boolean run(Runnable task) {
        try {
            services.threads().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("server {}: the daemon is closing, {} is left to its next start", server.id(), task);
            return false;
        }
    }

    /**
     * The task that an abort is meant for.
     *
     * @param firstTry is completed by the task once it has ended, or with what stands in the way of its end
     */
    private record Running(long epoch, CancelSignal cancel, CompletableFuture<Optional<String>> firstTry) {

        Running(long epoch) {
            this(epoch, CancelSignal.create(), new CompletableFuture<>());
        }
    }
}
