package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.daemon.internal.job.InstallFiles;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the effects of one server's decisions; called on the server's mailbox, so nothing here may wait. */
final class EffectRunner {

    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

    private final ManagedServer server;
    private final NodeServices services;
    private final Runnable forget;
    private final AtomicReference<Running> running = new AtomicReference<>(new Running(0));

    EffectRunner(ManagedServer server, NodeServices services, Runnable forget) {
        this.server = server;
        this.services = services;
        this.forget = forget;
    }

    void begin(Effect effect) {
        services.points().reached("decided " + effect.getClass().getSimpleName());
        if (effect instanceof Effect.Launch launch) {
            var task = begin(launch.epoch());
            run(new LaunchTask(server, launch.epoch(), task.cancel(), task.firstTry()));
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
            var task = running.get();
            if (task.epoch() == abort.epoch()) {
                server.killing(abort.epoch(), task.firstTry());
                // On a thread of its own: what the signal wakes may take its time.
                run(task.cancel()::cancel);
            }
        } else if (effect instanceof Effect.Attach attach) {
            attach(attach.epoch());
        } else if (effect instanceof Effect.Stop stop) {
            stop(stop);
        } else if (effect instanceof Effect.Kill kill) {
            var firstTry = new CompletableFuture<Optional<String>>();
            server.killing(kill.epoch(), firstTry);
            run(new KillTask(server, kill.epoch(), firstTry));
        } else if (effect instanceof Effect.AwaitEngine await) {
            run(new EngineWait(server, await.epoch()));
        } else if (effect instanceof Effect.Remove remove) {
            run(new RemoveTask(server, remove.epoch()));
        } else {
            tell(effect);
        }
    }

    private void tell(Effect effect) {
        if (effect instanceof Effect.Publish publish) {
            server.console().event(new ConsoleEvent.Status(publish.now()));
            server.usage().publish();
        } else if (effect instanceof Effect.ReportInstall) {
            server.console().event(ConsoleEvent.InstallCompleted.UNTOLD);
        } else if (effect instanceof Effect.Say say) {
            server.console().say(say.text());
        } else if (effect instanceof Effect.Forget) {
            server.deleted();
            forget.run();
        }
    }

    private Running begin(long epoch) {
        var task = new Running(epoch);
        running.set(task);
        return task;
    }

    private void attach(long epoch) {
        var session = new ContainerSession(
                server, epoch, server.container().orElse(server.id().toString()));
        server.hold(session);
        session.resume();
    }

    private void stop(Effect.Stop stop) {
        var power = services.options().power();
        Duration patience = switch (stop.patience()) {
            case NORMAL -> power.stopTimeout();
            case SUSPENDED -> power.suspendTimeout();
            case REINSTALL -> power.reinstallStopTimeout();
        };
        try {
            services.timer()
                    .schedule(
                            () -> server.tell(new ServerEvent.StopOverdue(stop.epoch())),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("server {}: the daemon is closing, nobody keeps its stop deadline", server.id());
        }
        run(new StopTask(server, stop.epoch()));
    }

    private void run(Runnable task) {
        try {
            services.threads().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("server {}: the daemon is closing, {} is left to its next start", server.id(), task);
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
