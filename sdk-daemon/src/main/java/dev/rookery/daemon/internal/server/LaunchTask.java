package dev.rookery.daemon.internal.server;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.egg.ContainerEnvironment;
import dev.rookery.api.egg.Placeholders;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.api.spi.EngineUnavailableException;
import dev.rookery.api.spi.ImageRequest;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.internal.file.OwnFiles;
import dev.rookery.daemon.internal.file.Ownership;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a server's process up: everything between the wish and the running container. Source: daemon behaviour §4.3. */
final class LaunchTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchTask.class);

    private final ManagedServer server;
    private final NodeServices services;
    private final ServerEnvironment environment;
    private final long epoch;
    private final CancelSignal cancel;
    private final CompletableFuture<Optional<String>> firstTry;
    private final boolean inLine;

    /**
     * Creates the task.
     *
     * @param inLine whether it waits for a place among those that begin at once
     * @param cancel is given when somebody ends the launch
     * @param firstTry is completed when it has ended, or before with what stands in the way of that
     */
    LaunchTask(
            ManagedServer server,
            long epoch,
            boolean inLine,
            CancelSignal cancel,
            CompletableFuture<Optional<String>> firstTry) {
        this.inLine = inLine;
        this.firstTry = firstTry;
        this.server = server;
        this.services = server.services();
        this.environment = services.environment();
        this.epoch = epoch;
        this.cancel = cancel;
    }

    @Override
    public void run() {
        try {
            if (inLine) {
                launchInTurn();
            } else {
                launch();
            }
        } catch (Error e) {
            // A server must not be starting for ever because a stack or the memory was too small for it.
            server.tell(new ServerEvent.LaunchFailed(epoch, "an error in this node, see its log (" + e + ")", false));
            throw e;
        } finally {
            firstTry.complete(Optional.empty());
        }
    }

    @SuppressWarnings("try") // The place is held, not used.
    private void launchInTurn() {
        try (var place = services.starts()
                .enter(
                        before -> server.console()
                                .say("The start waits for other servers that start (" + before + " before it)."),
                        cancel)) {
            launch();
        } catch (UnavailableException e) {
            fail(e, false);
        }
    }

    private void launch() {
        ContainerSession session;
        try {
            refresh();
            prepareFiles();
            session = create();
        } catch (RookeryException | IOException e) {
            fail(e);
            return;
        } catch (RuntimeException e) {
            if (!services.threads().isShutdown()) {
                LOG.error("server {}: launching failed", server.id(), e);
            }
            fail(e);
            return;
        }
        start(session);
    }

    /** The panel's newest configuration counts; while the panel is away, the last known one does. */
    private void refresh() {
        long question = server.configurationQuestion();
        try {
            var newest = services.panel()
                    .with(CallOptions.deadline(services.options().panelTimeout())
                            .cancel(cancel))
                    .configuration(server.id());
            server.configure(question, newest);
            if (newest.settings().suspended()) {
                throw new ConflictException("the server is suspended");
            }
        } catch (UnavailableException | DeadlineException e) {
            requireNotCancelled();
            requireConfiguration("the panel is away: " + e.getMessage());
            LOG.info("server {}: the panel is away, starting from the last known configuration", server.id());
        } catch (ProtocolException | InvalidInputException e) {
            server.trouble(Trouble.ofPanel(e));
            requireConfiguration("the panel's cannot be read: " + e.getMessage());
            server.console()
                    .say("The panel's configuration of this server cannot be read, the last known one counts: "
                            + e.getMessage());
        }
        requireNotCancelled();
    }

    private void requireConfiguration(String instead) {
        if (!server.configured()) {
            throw new ConflictException("the stored configuration cannot be read, and " + instead
                    + " (expected: either of them; synchronise the server once the panel gives it)");
        }
    }

    private void prepareFiles() throws IOException {
        var directory = server.dataDirectory();
        DurableFiles.createDirectories(directory);
        server.requireQuota(cancel);
        new IdentityFiles(services.options()).write(server.id());
        if (server.tooMuchDisk().isPresent()) {
            // Files may have been removed since that was taken.
            server.space().recount(cancel);
            server.tooMuchDisk().ifPresent(LaunchTask::refuse);
        }
        var system = services.options().system();
        editConfigurationFiles();
        if (system.checkPermissionsOnBoot()) {
            Ownership.of(system.uid(), system.gid()).setAll(directory, cancel);
        }
        requireNotCancelled();
    }

    private void editConfigurationFiles() {
        var configuration = server.configuration();
        var configs = configuration.process().configs();
        if (configs.isEmpty()) {
            return;
        }
        server.console().say("Updating process configuration files...");
        var settings = configuration.settings();
        var variables = new HashMap<>(settings.environment());
        variables.putAll(
                ContainerEnvironment.of(settings, services.options().system().timezone())
                        .variables());
        new ConfigurationFiles(
                        new OwnFiles(server.volume()),
                        variables,
                        () -> Placeholders.ofNode(environment.hostAddress(cancel)),
                        server.console()::say)
                .edit(configs, cancel);
        requireNotCancelled();
    }

    private static void refuse(ServerEvent.DiskFull full) {
        throw new ConflictException("the server uses " + full.usedMebibytes() + " MiB of disk space (expected: at most "
                + full.limitMebibytes() + " MiB); remove files first");
    }

    private ContainerSession create() {
        ServerSettings settings = server.configuration().settings();
        environment.provide(
                new ImageRequest(settings.container().image(), false), new PullReport(server.console()), cancel);
        requireNotCancelled();
        var specs = new ContainerSpecs(services.options());
        var container = environment.create(specs.server(settings, environment.hostAddress(cancel)), cancel);
        requireNotCancelled();
        server.newContainer(container);
        var session = new ContainerSession(server, epoch, container);
        session.attachBeforeStart(cancel);
        return session;
    }

    private void start(ContainerSession session) {
        server.hold(session);
        try {
            requireNotCancelled();
            environment.start(session.container(), cancel);
        } catch (RuntimeException e) {
            // Asked first: a removal ends only when the engine answers again.
            boolean away = engineAway(e);
            // The engine may have started it all the same: it is gone only when the engine says so.
            removeFor(session);
            fail(e, away);
            return;
        } catch (Error e) {
            removeFor(session);
            throw e;
        }
        server.usage().started(services.clock().instant());
        server.tell(new ServerEvent.Launched(epoch));
        session.watch();
    }

    private void removeFor(ContainerSession session) {
        session.close();
        for (int failures = 1; ; failures++) {
            try {
                BriefCall.run(
                        services,
                        failures == 1
                                ? BriefCall.FIRST_TRY
                                : services.options().docker().callTimeout(),
                        brief -> environment.remove(session.container(), brief));
                return;
            } catch (RuntimeException e) {
                if (services.threads().isShutdown()) {
                    return;
                }
                LOG.warn("server {}: its container cannot be removed yet: {}", server.id(), e.toString());
                if (failures == 1) {
                    firstTry.complete(Optional.of(String.valueOf(e.getMessage())));
                    server.console()
                            .say("The server's container cannot be removed yet (" + e.getMessage()
                                    + "); it is tried until it works.");
                }
            }
            try {
                Thread.sleep(Backoff.REMOTE.pauseAfter(failures).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void fail(Exception e) {
        fail(e, engineAway(e));
    }

    private void fail(Exception e, boolean engineAway) {
        if (services.threads().isShutdown()) {
            // The daemon is closing: the launch is repeated after its next start.
            return;
        }
        if (cancel.cancelled()) {
            server.tell(new ServerEvent.LaunchFailed(epoch, "cancelled", false));
            return;
        }
        LOG.warn("server {}: cannot be started: {}", server.id(), e.toString());
        server.tell(new ServerEvent.LaunchFailed(epoch, String.valueOf(e.getMessage()), engineAway));
    }

    /** A call that took too long is the engine's fault only if the engine itself is asked in vain: it may have waited for a registry. */
    private boolean engineAway(Exception e) {
        if (e instanceof EngineUnavailableException) {
            // It may be back already, which is no reason to give up.
            return !cancel.cancelled();
        }
        if (!(e instanceof DeadlineException)) {
            return false;
        }
        try {
            environment.inspect(server.id().toString(), cancel);
            return false;
        } catch (UnavailableException | DeadlineException away) {
            return !cancel.cancelled();
        } catch (RookeryException other) {
            return false;
        }
    }

    private void requireNotCancelled() {
        if (cancel.cancelled()) {
            throw new UnavailableException("the start was cancelled");
        }
    }
}
