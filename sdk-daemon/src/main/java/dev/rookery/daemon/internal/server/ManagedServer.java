package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.egg.StopAction;
import dev.rookery.api.node.ServerCondition;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.daemon.internal.console.NumberedLine;
import dev.rookery.daemon.internal.console.ResumedOutput;
import dev.rookery.daemon.internal.console.ServerConsole;
import dev.rookery.daemon.internal.file.Denylist;
import dev.rookery.daemon.internal.file.DiskSpace;
import dev.rookery.daemon.internal.file.Ownership;
import dev.rookery.daemon.internal.file.Volume;
import dev.rookery.daemon.internal.quota.ServerQuota;
import dev.rookery.daemon.internal.server.Transition.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server of the node: its configuration, its state, what it says and uses. Thread-safe. */
public final class ManagedServer {

    private static final long MEBIBYTE = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(ManagedServer.class);
    /** How many numbers are left out when it is not known which were given. */
    private static final long UNKNOWN_LINES = 100_000;

    private final ServerId id;
    private final NodeServices services;
    private final ServerActor actor;
    private final ServerConsole console;
    private final ServerUsage usage;
    private final Optional<ServerQuota> quota;
    private final AtomicReference<String> quotaProblem = new AtomicReference<>("");
    private final DiskSpace space;
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private final Object sessionLock = new Object();
    private volatile ServerConfiguration configuration;
    private volatile boolean configured;
    private volatile Optional<String> problem;
    private volatile List<NumberedLine> knownTail;
    private volatile long consoleBase;
    private volatile Optional<String> container;
    private @Nullable ContainerSession session;
    private final AtomicLong questions = new AtomicLong();
    private final Object configurationLock = new Object();
    private long newest;
    private volatile Killing killing = new Killing(-1, CompletableFuture.completedFuture(Optional.empty()));

    /**
     * Creates a server as it was stored.
     *
     * @param forget takes it off the node's list
     */
    public ManagedServer(ServerRecord stored, NodeServices services, Runnable forget) {
        this.id = stored.id();
        this.services = services;
        this.configuration = stored.configuration().orElseGet(() -> Trouble.placeholder(stored.id()));
        this.configured = stored.configuration().isPresent();
        this.problem = stored.problem();
        this.consoleBase = stored.consoleBase();
        this.container = stored.container();
        this.console = new ServerConsole(id, services.options().console(), services.clock(), services.histories());
        this.knownTail = console.known(stored.tail());
        long known =
                knownTail.isEmpty() ? 0 : knownTail.get(knownTail.size() - 1).number();
        console.log().skipTo(Math.max(consoleBase, known));
        var effects = new EffectRunner(this, services, () -> {
            forget.run();
            gone.complete(true);
        });
        this.actor = new ServerActor(id, stored.lifecycle(), stored.problem().isEmpty(), services, effects::begin);
        this.quota = services.projects().map(projects -> projects.of(id, dataDirectory(), this::diskLimitBytes));
        this.space = quota.map(kept -> DiskSpace.of(this::diskLimitBytes, kept))
                .orElseGet(() -> new DiskSpace(this::diskLimitBytes, () -> countFiles(true)));
        this.usage = new ServerUsage(services.clock(), () -> state().phase().power(), console::stats, space::usedBytes);
    }

    /** Returns which one it is. */
    public ServerId id() {
        return id;
    }

    /** Returns the last known configuration; what stands in for it if none can be read. */
    public ServerConfiguration configuration() {
        return configuration;
    }

    /** Returns whether its configuration is known. */
    public boolean configured() {
        return configured;
    }

    /** Takes note that something about it cannot be read, which is shown until a configuration comes that can be. */
    public void trouble(String text) {
        if (!problem.equals(Optional.of(text))) {
            LOG.warn("server {}: {}", id, text);
            problem = Optional.of(text);
        }
    }

    /** Returns the present state. */
    public Lifecycle state() {
        return actor.state();
    }

    /** Returns what it says. */
    public ServerConsole console() {
        return console;
    }

    /** Returns what it uses. */
    public ServerUsage usage() {
        return usage;
    }

    /** Returns state, usage, configuration and what there is to say besides. */
    public ServerDetails details() {
        var state = state();
        return new ServerDetails(
                state.phase().power(),
                state.suspended() || !configured,
                usage.now(),
                configuration.settings(),
                new ServerCondition(activity(state), problem));
    }

    private static Optional<String> activity(Lifecycle state) {
        return switch (state.phase()) {
            case BOOTING -> Optional.of("booting");
            case INSTALLING, ABORTING_INSTALL -> Optional.of("installing");
            case DELETING, DELETED -> Optional.of("deleting");
            case OFFLINE -> state.next() == Lifecycle.Next.START ? Optional.of("awaiting-engine") : transferring(state);
            default -> transferring(state);
        };
    }

    private static Optional<String> transferring(Lifecycle state) {
        return state.transferring() ? Optional.of("transferring") : Optional.empty();
    }

    /** Returns what completes once it is deleted with everything that it had. */
    public CompletableFuture<Boolean> gone() {
        return gone.copy();
    }

    /** Returns what completes once no process of it can run any more. */
    public CompletableFuture<Boolean> down() {
        return actor.down();
    }

    /** Gives it an event; the answer says why a wish was not granted. */
    public CompletableFuture<Optional<Refusal>> tell(ServerEvent event) {
        if (services.threads().isShutdown()) {
            return CompletableFuture.failedFuture(new UnavailableException("the node is stopping; try again later"));
        }
        return actor.tell(event);
    }

    /** Returns the place in the order of a question for the configuration; to be taken before the panel is asked. */
    public long configurationQuestion() {
        return questions.incrementAndGet();
    }

    /**
     * Takes a newer configuration, once it is stored. An answer to an older question than that of the present one is passed over: it may
     * have been on its way for longer.
     *
     * @param question its place in the order
     */
    public CompletableFuture<Optional<Refusal>> configure(long question, ServerConfiguration newer) {
        if (!newer.settings().uuid().equals(id)) {
            // Run by this server, it would take the other one's container away.
            throw new ConflictException("the panel answered with the configuration of server "
                    + newer.settings().uuid() + " (expected: " + id + ")");
        }
        synchronized (configurationLock) {
            if (question < newest) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            if (!configured || !newer.equals(configuration)) {
                services.store().saveConfiguration(id, newer);
                configuration = newer;
                configured = true;
            }
            if (problem.isPresent()) {
                LOG.info("server {}: it can be read again", id);
                problem = Optional.empty();
            }
            newest = question;
            quota.ifPresent(kept -> countFiles(false));
            boolean wasSuspended = state().suspended();
            if (newer.settings().suspended() && !wasSuspended) {
                console.close("4409 the server is suspended");
            }
            // Within the lock: the mailbox sees them in the same order.
            return tell(new ServerEvent.Configured(newer.settings().suspended(), crashDetection(newer, services)));
        }
    }

    /** Returns what stands in the way of the kill that was asked for last, within two seconds; empty if nothing does. */
    public CompletableFuture<Optional<String>> killing() {
        var present = killing;
        return present.epoch() == state().epoch()
                ? present.firstTry().copy()
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * Types lines into the process.
     *
     * @throws ConflictException if it does not run
     */
    public void type(List<String> lines) {
        var present = session();
        if (present.isEmpty() || !state().phase().mayHaveProcess()) {
            throw new ConflictException("the server is "
                    + state().phase().power().wireName() + " (expected: a running process to send a command to)");
        }
        for (var line : lines) {
            if (StopAction.of(configuration.process().stop()) instanceof StopAction.Command stop
                    && stop.text().strip().equals(line.strip())) {
                tell(new ServerEvent.StopTyped(
                        present.get().epoch(), services.clock().instant()));
            }
            present.get().type(line);
        }
    }

    /** Returns where its files are. */
    public Path dataDirectory() {
        return services.options().system().dataDirectory().resolve(id.toString());
    }

    /** Returns its files: where they are, and how they are treated. */
    public Volume volume() {
        var system = services.options().system();
        return new Volume(
                dataDirectory(),
                Denylist.of(configuration.settings().egg().fileDenylist()),
                Ownership.of(system.uid(), system.gid()),
                space);
    }

    /** Returns what its files take of the disk. */
    public DiskSpace space() {
        return space;
    }

    /**
     * Lets what its files take of the disk be counted anew. If that is too much, it is stopped.
     *
     * @param urgent whether somebody waits for it
     * @return completes when they were counted, with false if they could not be
     */
    public CompletableFuture<Boolean> countFiles(boolean urgent) {
        var count =
                quota.map(this::keepLimit).orElseGet(() -> services.scanner().request(dataDirectory(), space, urgent));
        return count.thenApply(counted -> {
            if (!services.threads().isShutdown()) {
                tooMuchDisk().ifPresent(this::tell);
            }
            return counted;
        });
    }

    /**
     * Sees to it that the kernel keeps the disk limit, where it does, before anything of the server runs; without effect elsewhere.
     *
     * @throws IOException if it does not
     */
    void requireQuota(CancelSignal cancel) throws IOException {
        if (quota.isPresent()) {
            if (!quota.get().prepare(cancel)) {
                throw new IOException("the server has no directory for its files (expected: one, with its disk quota)");
            }
            quota.get().collect(cancel);
        }
    }

    /** Puts files back under the disk limit that the kernel keeps, if the server took some out; blocks while it goes through all of them. */
    public void collectFiles(CancelSignal cancel) {
        quota.ifPresent(kept -> {
            try {
                kept.collect(cancel);
            } catch (IOException | RuntimeException e) {
                LOG.warn("server {}: files may be outside of its disk limit: {}", id, e.toString());
            }
        });
    }

    /** Ends the disk limit that the kernel keeps, before the server's files go. */
    void endQuota() throws IOException {
        if (quota.isPresent()) {
            quota.get().end();
        }
    }

    /** On a thread of its own: it may have to go through all files. */
    private CompletableFuture<Boolean> keepLimit(ServerQuota kept) {
        try {
            return CompletableFuture.supplyAsync(() -> keptLimit(kept), services.threads());
        } catch (RejectedExecutionException e) {
            LOG.debug("the node is stopping", e);
            return CompletableFuture.completedFuture(false);
        }
    }

    private boolean keptLimit(ServerQuota kept) {
        try {
            boolean prepared = kept.prepare(CancelSignal.create());
            quotaProblem.set("");
            return prepared;
        } catch (IOException | RuntimeException e) {
            if (!services.threads().isShutdown() && !e.toString().equals(quotaProblem.getAndSet(e.toString()))) {
                LOG.error("server {}: the kernel does not keep its disk limit: {}", id, e.toString());
                console.say("The file system does not keep this server's disk limit: " + e.getMessage());
            }
            return false;
        }
    }

    /** Returns by how much its files took more of the disk than they may, when that was taken last; empty if they did not. */
    Optional<ServerEvent.DiskFull> tooMuchDisk() {
        long limit = diskLimitBytes();
        long used = space.certainBytes();
        return limit > 0 && used > limit
                ? Optional.of(new ServerEvent.DiskFull(used / MEBIBYTE, limit / MEBIBYTE))
                : Optional.empty();
    }

    /** Without counts there is no limit, either: nobody would know what is in use, but for the kernel. */
    private long diskLimitBytes() {
        return services.projects().isEmpty()
                        && services.options().system().diskCheckInterval().isZero()
                ? 0
                : Math.min(configuration.settings().build().diskMebibytes(), Long.MAX_VALUE / MEBIBYTE) * MEBIBYTE;
    }

    /** Returns where the log of its last installation is. */
    public Path installLog() {
        return services.options().system().logDirectory().resolve("install").resolve(id + ".log");
    }

    /**
     * Takes back what a container printed while nobody listened; called before the server goes on.
     *
     * @param found the server's container, if there is one
     * @param startedAt when its process started
     * @param clean whether every line number given before is known
     * @param lines ends the reading of what it printed; empty if that is left out, and with it some numbers
     */
    public void bringBack(
            Optional<String> found, Optional<Instant> startedAt, boolean clean, Optional<CancelSignal> lines) {
        if (found.isEmpty() || !found.equals(container)) {
            console.log().restore(knownTail);
            if (!clean && !knownTail.isEmpty()) {
                console.log().skipTo(console.log().lastNumber() + UNKNOWN_LINES);
            }
        }
        if (found.isPresent() && !found.equals(container)) {
            newContainer(found.get());
        }
        startedAt.ifPresent(usage::started);
        if (found.isPresent() && lines.isEmpty()) {
            console.log().restore(knownTail);
            console.log().skipTo(console.log().lastNumber() + UNKNOWN_LINES);
        } else if (found.isPresent()) {
            var resumed = new ResumedOutput(
                    services.environment(),
                    services.clock(),
                    services.options().console().maxLineBytes());
            var log = resumed.readLog(found.get(), Optional.empty(), lines.orElseThrow());
            console.takeStored(log.lines(), log.dropped(), consoleBase, knownTail);
        }
    }

    /** Returns the process that runs and is held, if there is one. */
    public Optional<String> runningProcess() {
        return session().filter(ContainerSession::watched).map(ContainerSession::container);
    }

    /** Lets go of its container, which goes on. */
    public void release() {
        session().ifPresent(ContainerSession::close);
        console.close("the node is stopping");
    }

    /** Returns whether crash detection is on for a server of this configuration. */
    public static boolean crashDetection(ServerConfiguration configuration, NodeServices services) {
        return configuration
                .settings()
                .crashDetectionEnabled()
                .orElse(services.options().crashDetection().enabled());
    }

    NodeServices services() {
        return services;
    }

    Path scriptDirectory() {
        return services.options().system().tmpDirectory().resolve(id.toString());
    }

    Optional<ContainerSession> session() {
        synchronized (sessionLock) {
            return Optional.ofNullable(session);
        }
    }

    void hold(ContainerSession newer) {
        ContainerSession before;
        synchronized (sessionLock) {
            before = session;
            session = newer;
        }
        if (before != null) {
            before.close();
        }
    }

    /** The last lines known with their numbers: those in memory, or as long as there are none, those stored. */
    List<NumberedLine> knownTail() {
        var present = console.tail();
        return present.isEmpty() ? knownTail : present;
    }

    long consoleBase() {
        return consoleBase;
    }

    Optional<String> container() {
        return container;
    }

    /** Takes note of a new container before it starts: its lines are numbered from here on. */
    void newContainer(String created) {
        long base = console.log().lastNumber();
        services.store().saveContainer(id, created, base);
        consoleBase = base;
        container = Optional.of(created);
    }

    void killing(long epoch, CompletableFuture<Optional<String>> firstTry) {
        killing = new Killing(epoch, firstTry);
    }

    void deleted() {
        console.end(new ConsoleEvent.Deleted(), "the server was deleted");
    }

    /** The first try of a kill. */
    private record Killing(long epoch, CompletableFuture<Optional<String>> firstTry) {}
}
