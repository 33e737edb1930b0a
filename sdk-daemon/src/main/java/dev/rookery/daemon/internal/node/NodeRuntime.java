package dev.rookery.daemon.internal.node;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.spi.DiskQuotasProvider;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.api.spi.ServerEnvironmentProvider;
import dev.rookery.api.spi.Subscription;
import dev.rookery.api.spi.UsageSample;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.internal.activity.ActivityLog;
import dev.rookery.daemon.internal.archive.ArchiveEntries;
import dev.rookery.daemon.internal.archive.ArchiveLimits;
import dev.rookery.daemon.internal.archive.Archives;
import dev.rookery.daemon.internal.console.HistoryWriter;
import dev.rookery.daemon.internal.download.Downloads;
import dev.rookery.daemon.internal.file.DiskScanner;
import dev.rookery.daemon.internal.file.Leftovers;
import dev.rookery.daemon.internal.file.StagedTree;
import dev.rookery.daemon.internal.file.Unfinished;
import dev.rookery.daemon.internal.file.Uploads;
import dev.rookery.daemon.internal.job.CrashPoints;
import dev.rookery.daemon.internal.job.FileWork;
import dev.rookery.daemon.internal.job.ReportSender;
import dev.rookery.daemon.internal.job.Trash;
import dev.rookery.daemon.internal.quota.Projects;
import dev.rookery.daemon.internal.server.Gate;
import dev.rookery.daemon.internal.server.Journal;
import dev.rookery.daemon.internal.server.Lifecycle;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.NodeServices;
import dev.rookery.daemon.internal.server.Phase;
import dev.rookery.daemon.internal.server.ProcessWatch;
import dev.rookery.daemon.internal.server.ServerEvent;
import dev.rookery.daemon.internal.server.ServerRecord;
import dev.rookery.daemon.internal.sftp.SftpSessions;
import dev.rookery.daemon.internal.stats.StatisticsPoll;
import dev.rookery.daemon.internal.store.DaemonStore;
import dev.rookery.daemon.internal.store.RootLock;
import dev.rookery.kit.NamedThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: its servers, and the threads and files behind them. Thread-safe. */
public final class NodeRuntime implements AutoCloseable {

    /** Each takes memory, and the servers want processors, too. */
    private static final int ARCHIVE_WORKERS_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(NodeRuntime.class);
    private static final long CLOSE_SECONDS = 5;
    private static final long EXPIRY_SECONDS = 60;
    /** So long a start keeps others waiting: it may be pulling an image from a registry that hangs. */
    private static final Duration START_PLACE = Duration.ofSeconds(10);

    private final NodeServices services;
    private final ScheduledExecutorService timer;
    private final ReportSender reports;
    private final RootLock lock;
    private volatile @Nullable Subscription watch;
    private volatile @Nullable Boot boot;
    private final Map<ServerId, ManagedServer> servers;
    private final OpenConsoles consoles = new OpenConsoles();
    private final SftpSessions sftp = new SftpSessions();
    private final Uploads uploads;
    private final Downloads downloads;
    private final Archives archives;
    private final ArchiveEntries entries;

    private NodeRuntime(
            NodeServices services,
            ScheduledExecutorService timer,
            ReportSender reports,
            RootLock lock,
            Map<ServerId, ManagedServer> servers) {
        this.servers = servers;
        this.services = services;
        this.timer = timer;
        this.reports = reports;
        this.lock = lock;
        this.uploads =
                new Uploads(services.store().uploads(), services.options().uploads(), services.clock());
        this.downloads = new Downloads(services.options().downloads(), services.work());
        int workers = Math.min(ARCHIVE_WORKERS_MAX, Runtime.getRuntime().availableProcessors());
        this.archives = new Archives(ArchiveLimits.USUAL, services.work().threads(), workers, services.clock());
        this.entries = new ArchiveEntries(
                ArchiveLimits.USUAL, archives, services.work().threads());
    }

    /**
     * Opens the store, takes up its servers and begins to bring them back in the background.
     *
     * @param providers make what it stands on; the environment is closed with the runtime
     * @param threads is shut down with the runtime
     * @param points hears where work has come to
     */
    public static NodeRuntime start(
            DaemonOptions options,
            Panel panel,
            Clock clock,
            Providers providers,
            ExecutorService threads,
            CrashPoints points) {
        createDirectories(options);
        var root = options.system().rootDirectory();
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var lock = RootLock.take(root);
            opened.push(lock);
            var store = DaemonStore.open(root);
            opened.push(store);
            var projects = projects(options, store, providers.diskQuotas());
            var environment = providers
                    .environment()
                    .create(new EnvironmentContext(options.nodeUuid(), root, clock, threads::execute));
            opened.push(environment);
            return start(options, panel, clock, new Opened(lock, store, projects, environment), threads, points);
        } catch (RuntimeException e) {
            opened.forEach(part -> closeAfter(e, part));
            throw e;
        }
    }

    private static NodeRuntime start(
            DaemonOptions options,
            Panel panel,
            Clock clock,
            Opened opened,
            ExecutorService threads,
            CrashPoints points) {
        var store = opened.store();
        var timer = new ScheduledThreadPoolExecutor(1, NamedThreads.platform("rookery-timer"));
        timer.setRemoveOnCancelPolicy(true);
        var reports = new ReportSender(store, panel, options.panelTimeout(), options.nodeUuid(), threads, points);
        var activity =
                new ActivityLog(store.activity(), panel, options.panelTimeout(), options.activity(), clock, threads);
        var servers = new ConcurrentHashMap<ServerId, ManagedServer>();
        var computing = Executors.newCachedThreadPool(NamedThreads.platform("rookery-files"));
        var work = new FileWork(store.jobs(), options.jobs(), clock, computing, (server, job) -> {
            var present = servers.get(server);
            if (present != null) {
                present.console().job(new ConsoleEvent.FileJobChanged(job));
            }
        });
        var trash = new Trash(options.system().dataDirectory());
        var histories = histories(options, clock);
        var services = new NodeServices(
                options,
                panel,
                store,
                new Journal(store),
                opened.environment(),
                histories,
                new ProcessWatch(),
                clock,
                threads,
                timer,
                reports::wake,
                activity,
                new DiskScanner(options.system().diskScanPercent(), NamedThreads.platform("rookery-disk")),
                opened.projects(),
                work,
                trash,
                new Gate(options.power().concurrentInstalls()),
                Gate.withLimit(options.power().concurrentStarts(), START_PLACE, timer),
                points);
        var runtime = new NodeRuntime(services, timer, reports, opened.lock(), servers);
        try {
            runtime.takeUp();
        } catch (RuntimeException e) {
            timer.shutdownNow();
            histories.close();
            throw e;
        }
        return runtime;
    }

    private static Optional<Projects> projects(
            DaemonOptions options, DaemonStore store, Optional<DiskQuotasProvider> provider) {
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        try {
            var quotas = provider.get().open(options.system().dataDirectory());
            return Optional.of(new Projects(quotas, store.projects(), options.nodeUuid()));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "system.quotas.enabled: the file system cannot keep disk limits: " + e.getMessage()
                            + "; or set it to false, and the node counts the files itself",
                    e);
        }
    }

    private static void closeAfter(RuntimeException reason, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    /** Returns every server. */
    public Collection<ManagedServer> servers() {
        return servers.values();
    }

    /** Returns a server, if the node has it. */
    public Optional<ManagedServer> find(ServerId id) {
        return Optional.ofNullable(servers.get(id));
    }

    /** Returns what the servers share. */
    public NodeServices services() {
        return services;
    }

    /** Returns what writes and unpacks archives. */
    Archives archives() {
        return archives;
    }

    /** Returns what looks into archives. */
    ArchiveEntries entries() {
        return entries;
    }

    /** Returns what is fetched from elsewhere. */
    Downloads downloads() {
        return downloads;
    }

    /** Returns the files that come in pieces. */
    Uploads uploads() {
        return uploads;
    }

    /** Returns the consoles that are open in this process. */
    OpenConsoles consoles() {
        return consoles;
    }

    /** Returns who has logged in over SFTP. */
    public SftpSessions sftp() {
        return sftp;
    }

    /**
     * Accepts a new server: when this returns, it is stored, and will be installed whatever happens.
     *
     * @param options bound the question to the panel
     */
    public void create(CreateServer request, CallOptions options) {
        var id = request.uuid();
        requireNew(id);
        // Asked before anything is accepted: an installation without an engine fails where nobody sees it.
        services.environment().inspect(id.toString(), options.cancel().orElseGet(CancelSignal::create));
        var configuration = configuration(id, options);
        if (!configuration.settings().uuid().equals(id)) {
            throw new ConflictException("the panel answered with the configuration of server "
                    + configuration.settings().uuid() + " (expected: " + id + ")");
        }
        var lifecycle = Lifecycle.offline(
                configuration.settings().suspended(), ManagedServer.crashDetection(configuration, services));
        var wish = new Lifecycle.InstallWish(false, request.startOnCompletion());
        // Stored as "is being installed" at once: a crash after the answer must not leave a server that nobody
        // installs.
        var stored = lifecycle.toBuilder()
                .install(wish)
                .phase(Phase.INSTALLING)
                .resume(Phase.INSTALLING)
                .build();
        if (!services.journal().add(id, configuration, stored)) {
            throw exists(id);
        }
        services.points().reached("create stored");
        var server = adopt(ServerRecord.of(id, configuration, stored).booting());
        server.tell(new ServerEvent.Resumed(false));
    }

    /** Asks the panel for a configuration. */
    public ServerConfiguration configuration(ServerId id, CallOptions options) {
        var bounded = options.deadline().isPresent()
                ? options
                : new CallOptions(
                        Optional.of(services.options().panelTimeout()), options.cancel(), options.correlationId());
        return services.panel().with(bounded).configuration(id);
    }

    /** Takes a server onto the list. */
    ManagedServer adopt(ServerRecord stored) {
        var server = new ManagedServer(stored, services, () -> {
            servers.remove(stored.id());
            uploads.forget(stored.id());
        });
        if (servers.putIfAbsent(stored.id(), server) != null) {
            throw exists(stored.id());
        }
        return server;
    }

    @Override
    public void close() {
        var present = watch;
        if (present != null) {
            present.close();
        }
        servers.values().forEach(ManagedServer::release);
        services.scanner().close();
        services.work().close();
        services.trash().close();
        // Before the timer: a task that is refused a deadline has to see that this is the end, and no failure.
        services.threads().shutdownNow();
        timer.shutdownNow();
        services.environment().close();
        try {
            if (!services.threads().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("some work of the node has not ended within {} s", CLOSE_SECONDS);
            }
            ConsoleTails.saveAll(this);
            services.activity().flush();
            services.store().setCleanMark();
        } catch (RookeryException e) {
            LOG.warn(
                    "the end of the node could not be stored, its next start takes it for a crash: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            services.histories().close();
            services.store().close();
            lock.close();
        }
    }

    private static HistoryWriter histories(DaemonOptions options, Clock clock) {
        var name = "rookery-history-" + options.nodeUuid().toString().substring(0, 8);
        return new HistoryWriter(options.system().rootDirectory().resolve("console"), options.console(), clock, name);
    }

    /** Takes in a server that is new to this node and may have a process already. */
    void takeIn(ServerRecord record) {
        adopt(record.booting());
        var present = boot;
        if (present != null) {
            present.takeIn(record.id());
        }
    }

    private void takeUp() {
        boolean clean = services.store().takeCleanMark();
        var bringing = new Boot(this, clean);
        boot = bringing;
        var kept = services.journal().servers();
        for (var lost : kept.unreadable()) {
            LOG.error("a stored server has no uuid but '{}', it is left out: {}", lost.id(), lost.problem());
        }
        for (var stored : kept.servers()) {
            stored.problem().ifPresent(problem -> LOG.error("server {}: {}", stored.id(), problem));
            adopt(stored.booting());
        }
        uploads.takeUp(id -> find(id).map(ManagedServer::volume));
        services.projects().ifPresent(projects -> projects.endUnknown(servers::containsKey));
        services.work().takeUp(servers::containsKey, this::finishUnpacking, this::removeLeftover);
        LOG.info("node {} has {} servers", services.options().nodeUuid(), servers.size());
        watch = services.environment().watch(new EngineNews(this));
        clearUnfinished();
        services.threads().execute(reports);
        services.threads().execute(services.trash());
        bringing.request();
        services.threads().execute(new PanelReconciliation(this));
        ConsoleTails.schedule(this, timer);
        timer.scheduleWithFixedDelay(
                () -> services.threads().execute(uploads::expire), EXPIRY_SECONDS, EXPIRY_SECONDS, TimeUnit.SECONDS);
        DiskUsage.schedule(this, timer);
        services.threads().execute(new FormerQuotas(services));
        services.activity().schedule(timer);
        new StatisticsPoll(services.environment(), services.threads(), this::running).schedule(timer);
    }

    /** What a crash left of files that were being written. */
    private void clearUnfinished() {
        var data = services.options().system().dataDirectory();
        Unfinished.clear(data);
        try {
            services.trash().take(Unfinished.folder(data));
        } catch (IOException e) {
            LOG.warn("what a crash left of unfinished files cannot be removed: {}", e.toString());
        }
    }

    private boolean finishUnpacking(ServerId server, String path) {
        var present = find(server);
        if (present.isEmpty()) {
            return false;
        }
        try {
            StagedTree.takeUp(present.get().volume(), path);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("server {}: what was unpacked cannot be put in its place: {}", server, e.toString());
            return false;
        }
    }

    private void removeLeftover(ServerId server, String path) {
        find(server).ifPresent(present -> Leftovers.remove(present.volume(), path));
    }

    private Map<String, Consumer<UsageSample>> running() {
        var running = new HashMap<String, Consumer<UsageSample>>();
        for (var server : servers.values()) {
            server.runningProcess().ifPresent(process -> running.put(process, server.usage()::sample));
        }
        return running;
    }

    private void requireNew(ServerId id) {
        if (servers.containsKey(id)) {
            throw exists(id);
        }
    }

    private static ConflictException exists(ServerId id) {
        return new ConflictException("server " + id + " is on this node already");
    }

    /** Returns a server of the node. */
    public ManagedServer get(ServerId id) {
        return find(id).orElseThrow(() -> new NotFoundException("server " + id + " is not on this node"));
    }

    private static void createDirectories(DaemonOptions options) {
        var system = options.system();
        var onlyOurs = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            for (var directory : List.of(
                    system.rootDirectory(),
                    system.logDirectory(),
                    system.dataDirectory(),
                    system.tmpDirectory(),
                    system.archiveDirectory(),
                    system.backupDirectory())) {
                if (!Files.isDirectory(directory)) {
                    Files.createDirectories(directory, onlyOurs);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a directory of the node cannot be created: " + e.getMessage(), e);
        }
    }

    static Path volume(DaemonOptions options, ServerId id) {
        return options.system().dataDirectory().resolve(id.toString());
    }

    /** What a start opens, in this order. */
    private record Opened(
            RootLock lock, DaemonStore store, Optional<Projects> projects, ServerEnvironment environment) {}

    /**
     * What others may have put in the place of the daemon's own parts.
     *
     * @param environment makes what servers run in
     * @param diskQuotas finds what keeps their disk limits; empty if the daemon counts their files itself
     */
    public record Providers(ServerEnvironmentProvider environment, Optional<DiskQuotasProvider> diskQuotas) {}
}
