package dev.rookery.daemon.internal.server;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.spi.ImageRequest;
import dev.rookery.daemon.internal.file.Ownership;
import dev.rookery.daemon.internal.job.InstallFiles;
import dev.rookery.daemon.internal.store.InstallProgress;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs a server: script, container, exit code. Each step is stored before the next begins, so that after a crash the job goes on
 * where it was: a script that may have begun is followed to its end, never begun twice. Source: daemon behaviour §2.2, §2.6.
 */
final class InstallJob implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(InstallJob.class);
    private static final Duration PANEL_BUDGET = Duration.ofMinutes(2);

    private final ManagedServer server;
    private final NodeServices services;
    private final long epoch;
    private final InstallFiles files;
    private final CancelSignal cancel;
    private final CompletableFuture<Optional<String>> firstTry;
    private final CancelSignal stop = CancelSignal.create();
    private final AtomicBoolean overdue = new AtomicBoolean();
    private Optional<Gate.Place> place = Optional.empty();

    /**
     * Creates the job.
     *
     * @param cancel is given when somebody kills the installation
     * @param firstTry is completed when it has ended, or before with what stands in the way of that
     */
    InstallJob(
            ManagedServer server,
            long epoch,
            InstallFiles files,
            CancelSignal cancel,
            CompletableFuture<Optional<String>> firstTry) {
        this.firstTry = firstTry;
        this.server = server;
        this.services = server.services();
        this.epoch = epoch;
        this.files = files;
        this.cancel = cancel;
    }

    @Override
    public void run() {
        try {
            toTheEnd();
        } finally {
            firstTry.complete(Optional.empty());
            // Not before its container is gone: until then it uses what the places are counted for.
            place.ifPresent(Gate.Place::close);
        }
    }

    private void toTheEnd() {
        boolean successful = false;
        cancel.onCancel(stop::cancel);
        try {
            successful = job();
        } catch (RookeryException | IOException e) {
            failed(reason(e), e);
        } catch (RuntimeException | Error e) {
            // Errors too: an installation must not be without an end because a stack or the memory was too small for
            // it.
            failed("an error in this node, see its log", e);
        }
        if (services.threads().isShutdown()) {
            // The daemon is closing: the container goes on, and so does the job after the next start.
            return;
        }
        if (cleanUp()) {
            server.tell(new ServerEvent.InstallEnded(epoch, successful));
        }
    }

    private boolean job() throws IOException {
        var stored = services.store().install(server.id());
        boolean succeeded = stored.filter(progress -> progress.step() == InstallProgress.Step.SUCCEEDED)
                .isPresent();
        if (succeeded || server.configuration().settings().skipEggScripts()) {
            return true;
        }
        place = Optional.of(enter(stored));
        // The time begins with the place.
        var progress = stored.orElseGet(this::begun);
        var deadline = keepDeadline(progress);
        try {
            return install(progress);
        } finally {
            deadline.cancel(false);
        }
    }

    private Gate.Place enter(Optional<InstallProgress> stored) {
        return stored.isPresent()
                ? services.installs().resume()
                : services.installs()
                        .enter(before -> say("The installation waits for a place (" + before + " before it)."), stop);
    }

    private InstallProgress begun() {
        var progress = InstallProgress.begun(
                services.clock().instant().plus(services.options().power().installTimeout()));
        return keep(progress);
    }

    private Future<?> keepDeadline(InstallProgress progress) {
        long left = Duration.between(services.clock().instant(), progress.deadline())
                .toMillis();
        // A clock that was set back must not prolong it.
        long longest = services.options().power().installTimeout().toMillis();
        return services.timer()
                .schedule(
                        () -> {
                            overdue.set(true);
                            services.threads().execute(stop::cancel);
                        },
                        Math.min(Math.max(0, left), longest),
                        TimeUnit.MILLISECONDS);
    }

    private boolean install(InstallProgress progress) throws IOException {
        var step = progress;
        if (!server.configured()) {
            fetchConfiguration();
        }
        if (step.step() == InstallProgress.Step.BEGUN) {
            step = keep(step.fetched(fetchScript()));
        }
        var script = step.script().orElseThrow(() -> new ConflictException("the stored installation has no script"));
        DurableFiles.createDirectories(server.dataDirectory());
        server.requireQuota(stop);
        var run = new InstallRun(server, script, files, stop);
        if (step.step() == InstallProgress.Step.STARTED) {
            return judge(step, run.resume(step.container().orElseThrow()));
        }
        server.console().say("Starting installation process, this could take a few minutes...");
        services.environment()
                .provide(new ImageRequest(script.containerImage(), true), new PullReport(server.console()), stop);
        reached("pulled");
        var scriptDirectory = files.writeScript(script);
        reached("script");
        requireNotStopped();
        var spec = new ContainerSpecs(services.options())
                .installer(server.configuration().settings(), script, scriptDirectory);
        var container = services.environment().create(spec, stop);
        reached("container");
        step = keep(step.created(container));
        requireNotStopped();
        // Stored before it starts: after a crash in between, a container that was never started is seen as such.
        step = keep(step.started());
        return judge(step, run.begin(step.container().orElseThrow()));
    }

    private InstallProgress keep(InstallProgress step) {
        services.store().saveInstall(server.id(), step);
        reached(step.step().name().toLowerCase(Locale.ROOT));
        return step;
    }

    private InstallScript fetchScript() {
        return ask(panel -> panel.installScript(server.id()));
    }

    /** Nothing can be installed, and no secret told from other text, with what stands in for it. */
    private void fetchConfiguration() {
        long question = server.configurationQuestion();
        server.configure(question, ask(panel -> panel.configuration(server.id())));
    }

    private <T> T ask(Function<Panel, T> question) {
        var panel = services.panel()
                .with(CallOptions.deadline(services.options().panelTimeout()).cancel(stop));
        return Backoff.REMOTE.retry(
                PANEL_BUDGET,
                e -> e instanceof RookeryException known && known.retryable() && !stop.cancelled(),
                () -> question.apply(panel));
    }

    private boolean judge(InstallProgress step, int exitCode) throws IOException {
        reached("exited");
        var system = services.options().system();
        Ownership.of(system.uid(), system.gid()).setAll(server.dataDirectory(), stop);
        reached("owned");
        if (exitCode != 0) {
            throw new ConflictException("the script ended with exit code " + exitCode + " (expected: 0)");
        }
        // Stored before the container goes: after a crash in between nothing else would tell how the script ended.
        keep(step.succeeded());
        say("Installation process completed.");
        return true;
    }

    /** Removes container and script; tried until it works, because a failed report with a running script would be a lie. */
    private boolean cleanUp() {
        for (int failures = 1; ; failures++) {
            try {
                BriefCall.run(
                        services,
                        failures == 1 && cancel.cancelled()
                                ? BriefCall.FIRST_TRY
                                : services.options().docker().callTimeout(),
                        brief -> services.environment().remove(server.id() + ContainerSpecs.INSTALLER_SUFFIX, brief));
                reached("removed");
                files.removeScript();
                return true;
            } catch (RuntimeException | IOException e) {
                // Unchecked ones too: listing a directory throws some, and an installation must not be without an end.
                if (services.threads().isShutdown()) {
                    return false;
                }
                LOG.warn("server {}: the installation cannot be cleaned up yet: {}", server.id(), e.toString());
                if (failures == 1) {
                    firstTry.complete(Optional.of(String.valueOf(e.getMessage())));
                    say("The installation cannot be ended yet (" + e.getMessage() + "); it is tried until it works.");
                }
            }
            try {
                Thread.sleep(Backoff.REMOTE.pauseAfter(failures).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private void failed(String reason, Throwable e) {
        if (services.threads().isShutdown()) {
            return;
        }
        say("The installation failed: " + reason);
        if (e instanceof RookeryException) {
            LOG.warn("server {}: the installation failed: {}", server.id(), reason);
        } else {
            LOG.error("server {}: the installation failed", server.id(), e);
        }
    }

    private String reason(Exception e) {
        if (overdue.get()) {
            return "it took longer than "
                    + services.options().power().installTimeout().toMinutes() + " minutes";
        }
        return cancel.cancelled() ? "it was killed" : String.valueOf(e.getMessage());
    }

    private void reached(String point) {
        services.points().reached("install " + point);
    }

    private void say(String text) {
        server.console().say(text);
    }

    private void requireNotStopped() {
        if (stop.cancelled()) {
            throw new UnavailableException("the installation was ended");
        }
    }
}
