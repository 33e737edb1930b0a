package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.ImageListener;
import dev.rookery.api.spi.ImageRequest;
import dev.rookery.api.spi.Output;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.api.spi.Subscription;
import dev.rookery.api.spi.UsageSample;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs servers and install scripts as child processes of this machine, for development: without images or network of their own. Each
 * sees its directories where a container would have them, in a mount namespace of its own; where bubblewrap is installed it sees nothing
 * else of the machine than its programs, otherwise everything else as it is.
 * Processes outlive the daemon, and so do their exit codes and what they print meanwhile. Needs Linux, root, and the tools of util-linux and
 * coreutils. Thread-safe.
 *
 * <p>There is no terminal: a program that buffers its output when it has none tells it late.
 */
public final class ProcessEnvironment implements ServerEnvironment {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnvironment.class);
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games";
    private static final List<String> TOOLS = List.of("setsid", "unshare", "setpriv", "mount", "mkfifo", "env", "bash");
    private static final Duration BEGIN_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 5;
    private static final int COPY_BUFFER_BYTES = 64 << 10;
    private static final String LAUNCHER = "run.sh";
    private static final String BUBBLEWRAP = "ROOKERY_BUBBLEWRAP";

    private final EnvironmentContext context;
    private final Path root;
    private final Path kernelGroups;
    private final String bubblewrapSetting;
    private volatile Optional<Bubblewrap> bubblewrap = Optional.empty();
    private volatile boolean prepared;
    private volatile @Nullable ControlGroups groups;
    private final Map<String, ProcessFolder> processes = new ConcurrentHashMap<>();
    private final Map<String, TreeMap<Instant, Long>> lengths = new ConcurrentHashMap<>();
    private final Set<OutputTail> tails = ConcurrentHashMap.newKeySet();
    private final ProcessUsage usage = new ProcessUsage(System::nanoTime);
    private final ProcessWatcher watcher = new ProcessWatcher(processes::values, this::endMembers);

    /** Creates the environment; looks at nothing yet. {@code ROOKERY_BUBBLEWRAP} says what is said to the other constructor. */
    public ProcessEnvironment(EnvironmentContext context) {
        this(context, Optional.ofNullable(System.getenv(BUBBLEWRAP)).orElse(""));
    }

    /**
     * Creates the environment; looks at nothing yet.
     *
     * @param bubblewrap the program's path, {@code off} to do without, or empty to use the one on the {@code PATH} if there is one
     */
    public ProcessEnvironment(EnvironmentContext context, String bubblewrap) {
        this.context = context;
        this.root = context.stateDirectory().resolve("environment").resolve("process");
        this.kernelGroups = ControlGroups.KERNEL;
        this.bubblewrapSetting = bubblewrap;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public void prepare(CancelSignal cancel) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new UnavailableException("process runtime: runs as user '" + System.getProperty("user.name")
                    + "' (expected: root, which may give a process a view of its own of the file system)");
        }
        var missing = TOOLS.stream().filter(tool -> !onPath(tool)).toList();
        if (!missing.isEmpty()) {
            throw new UnavailableException("process runtime: not found on " + PATH + ": " + String.join(", ", missing));
        }
        groups();
        bubblewrap = Bubblewrap.open(
                bubblewrapSetting, Optional.ofNullable(System.getenv("PATH")).orElse(PATH), context.stateDirectory());
        try (InputStream launcher = Objects.requireNonNull(getClass().getResourceAsStream(LAUNCHER), LAUNCHER)) {
            DurableFiles.createDirectories(root);
            DurableFiles.write(root.resolve(LAUNCHER), launcher.readAllBytes(), DurableFiles.PRIVATE);
            try (var folders = Files.newDirectoryStream(root, Files::isDirectory)) {
                for (var folder : folders) {
                    ProcessFolder.open(folder).ifPresent(process -> processes.putIfAbsent(process.id(), process));
                }
            }
            prepared = true;
        } catch (IOException e) {
            throw new UnavailableException("process runtime: cannot use " + root + ": " + e, e);
        }
    }

    /** Says once which limits are kept. */
    private ControlGroups groups() {
        var known = groups;
        if (known == null) {
            known = ControlGroups.of(kernelGroups);
            groups = known;
            if (known.controllers().isEmpty()) {
                LOG.warn("process runtime: no control group can be written below {}: nothing is limited", kernelGroups);
            } else {
                LOG.info("process runtime: limited by control groups: {}", String.join(", ", known.controllers()));
            }
        }
        return known;
    }

    private static boolean onPath(String tool) {
        return List.of(PATH.split(":", -1)).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    @Override
    public String hostAddress(CancelSignal cancel) {
        return "127.0.0.1";
    }

    /** There are no images: whatever is on this machine is used. */
    @Override
    public void provide(ImageRequest image, ImageListener progress, CancelSignal cancel) {
        progress.line("process runtime: image " + image.reference() + " is not used");
    }

    @Override
    public String create(ProcessSpec spec, CancelSignal cancel) {
        if (!prepared) {
            // A server that comes right after the start of the node does not wait for its boot.
            prepare(cancel);
        }
        remove(spec.name(), cancel);
        var id = UUID.randomUUID().toString().replace("-", "");
        var path = root.resolve(id);
        try {
            DurableFiles.createDirectories(path);
            run(List.of("mkfifo", "-m", "600", path.resolve("stdin").toString()));
            var doors = groups().doors(id);
            var enclosing = bubblewrap;
            var entrance = enclosing
                    .map(program -> Entrance.script(spec, doors, program))
                    .orElseGet(() -> Entrance.script(spec, doors));
            DurableFiles.write(
                    path.resolve("enter.sh"), entrance.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
            var environment = String.join("\0", spec.environment());
            DurableFiles.write(
                    path.resolve("environment"), environment.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
            Files.createFile(path.resolve("output"));
            processes.put(id, ProcessFolder.create(id, path, spec, enclosing.isPresent()));
            return id;
        } catch (IOException e) {
            throw new UnavailableException("process runtime: cannot create process " + spec.name() + ": " + e, e);
        }
    }

    @Override
    public void start(String id, CancelSignal cancel) {
        var process = process(id);
        if (process.status().running()) {
            return;
        }
        try {
            endMembers(process);
            awaitWrapper(process, cancel);
            process.forgetRun();
            // Anew: the groups of the last run count what ran out then, and none outlives a restart of the machine.
            groups().remove(process.id());
            groups().create(process.id(), process.groupLimits());
            var builder = new ProcessBuilder(
                            "setsid",
                            "sh",
                            root.resolve(LAUNCHER).toString(),
                            process.path().toString())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(process.wrapperLog().toFile());
            setEnvironment(builder.environment(), process);
            builder.start();
            watcher.started(process.id());
            await(
                    BEGIN_TIMEOUT,
                    cancel,
                    () -> process.child().isPresent() || process.exited(),
                    () -> "its wrapper does not begin: " + process.name() + process.wrapperWords());
        } catch (IOException e) {
            throw process.failed("start", e);
        }
    }

    private static void setEnvironment(Map<String, String> environment, ProcessFolder process) throws IOException {
        environment.clear();
        // What images for servers set.
        environment.putAll(Map.of("PATH", PATH, "HOME", "/home/container", "USER", "container", "LANG", "C.UTF-8"));
        for (var variable :
                Files.readString(process.path().resolve("environment")).split("\0", -1)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        environment.put(Members.MARK, process.id());
    }

    @Override
    public Attachment attach(String id, Output output, CancelSignal cancel) {
        var process = process(id);
        BooleanSupplier over = () -> {
            var status = process.status();
            // One that was not started yet is waited for.
            return !status.running() && status.startedAt().isPresent();
        };
        var tail = new OutputTail(process, over, tails::remove);
        tails.add(tail);
        tail.begin(length(process), output, context.threads());
        return tail;
    }

    @Override
    public void readLog(String id, Optional<Instant> since, Output output, CancelSignal cancel) {
        var process = process(id);
        try (var file = FileChannel.open(process.output())) {
            file.position(since.map(time -> lengthAt(process, time)).orElse(0L));
            var buffer = ByteBuffer.allocate(COPY_BUFFER_BYTES);
            while (!cancel.cancelled() && file.read(buffer) > 0) {
                output.bytes(buffer.array(), buffer.position());
                buffer.clear();
            }
            output.end();
        } catch (IOException e) {
            throw process.failed("read the output of", e);
        }
    }

    /** Returns how long the output is now, and remembers it: that is how a time finds its place. */
    private long length(ProcessFolder process) {
        try {
            long length = Files.size(process.output());
            var known = lengths.computeIfAbsent(process.id(), id -> new TreeMap<>());
            synchronized (known) {
                known.put(context.clock().instant(), length);
            }
            return length;
        } catch (IOException e) {
            throw process.failed("read the output of", e);
        }
    }

    private long lengthAt(ProcessFolder process, Instant time) {
        var known = lengths.get(process.id());
        if (known == null) {
            return 0;
        }
        synchronized (known) {
            var entry = known.ceilingEntry(time);
            return entry == null ? length(process) : entry.getValue();
        }
    }

    @Override
    public Optional<ProcessStatus> inspect(String id, CancelSignal cancel) {
        return find(id).map(process -> {
            var status = process.status();
            boolean killed = !status.running() && status.startedAt().isPresent() && status.exitCode() != 0;
            return killed && groups().ranOutOfMemory(process.id())
                    ? new ProcessStatus(status.id(), false, status.exitCode(), true, status.startedAt())
                    : status;
        });
    }

    @Override
    public List<ProcessSummary> list(CancelSignal cancel) {
        return processes.values().stream().map(ProcessFolder::summary).toList();
    }

    @Override
    public void signal(String id, String signal, CancelSignal cancel) {
        var process = process(id);
        var name = signal.startsWith("SIG") ? signal.substring(3) : signal;
        if (!name.matches("[A-Z0-9]{1,12}")) {
            throw new InvalidInputException("signal: '" + signal + "' (expected: a name such as SIGINT)");
        }
        if (!process.running()) {
            return;
        }
        if (name.equals("KILL") || name.equals("9")) {
            endMembers(process);
            return;
        }
        process.child()
                .ifPresent(
                        child -> run(List.of("sh", "-c", "kill -s \"$1\" \"$2\"", "kill", name, Long.toString(child))));
    }

    @Override
    public void stop(String id, CancelSignal cancel) {
        signal(id, "SIGTERM", cancel);
    }

    @Override
    public void remove(String id, CancelSignal cancel) {
        var found = find(id);
        if (found.isEmpty()) {
            return;
        }
        var process = found.get();
        endMembers(process);
        awaitWrapper(process, cancel);
        processes.remove(process.id());
        lengths.remove(process.id());
        watcher.forget(process.id());
        usage.forget(process.id());
        try {
            groups().remove(process.id());
        } catch (IOException e) {
            throw process.failed("remove the control group of", e);
        }
        try (var files = Files.walk(process.path())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw process.failed("remove", e);
        }
    }

    @Override
    public boolean update(String id, ProcessSpec.Limits limits, CancelSignal cancel) {
        var process = process(id);
        try {
            process.keep(limits);
            return groups().limit(process.id(), process.groupLimits());
        } catch (IOException e) {
            throw process.failed("limit", e);
        }
    }

    @Override
    public Subscription watch(EnvironmentListener listener) {
        return watcher.add(listener, context.threads());
    }

    @Override
    public Map<String, UsageSample> usage(Collection<String> ids, CancelSignal cancel) {
        return usage.samples(ids.stream().flatMap(id -> find(id).stream()).toList());
    }

    @Override
    public void close() {
        watcher.close();
        tails.forEach(OutputTail::close);
    }

    /** The wrapper of a process that has ended goes by itself. */
    private static void awaitWrapper(ProcessFolder process, CancelSignal cancel) {
        await(END_TIMEOUT, cancel, () -> !process.running(), "its wrapper does not end: " + process.name());
    }

    /** Ends everything that a process has started, until nothing is left. */
    private void endMembers(ProcessFolder process) {
        await(
                END_TIMEOUT,
                CancelSignal.create(),
                () -> {
                    var members = new ArrayList<>(Members.of(List.of(process)).getOrDefault(process.id(), List.of()));
                    // Nothing leaves its control group, whatever else it leaves.
                    groups().members(process.id())
                            .forEach(pid -> ProcFile.of(pid)
                                    .filter(member -> member.state() != 'Z')
                                    .ifPresent(members::add));
                    for (var member : members) {
                        ProcessHandle.of(member.pid())
                                .filter(handle -> member.lives())
                                .ifPresent(ProcessHandle::destroyForcibly);
                    }
                    return members.isEmpty();
                },
                "what it started does not end: " + process.name());
    }

    private ProcessFolder process(String id) {
        return find(id).orElseThrow(() -> new NotFoundException("process runtime: no process " + id));
    }

    private Optional<ProcessFolder> find(String idOrName) {
        var byId = processes.get(idOrName);
        return byId != null
                ? Optional.of(byId)
                : processes.values().stream()
                        .filter(process -> process.name().equals(idOrName))
                        .findFirst();
    }

    private static void await(Duration timeout, CancelSignal cancel, BooleanSupplier condition, String otherwise) {
        await(timeout, cancel, condition, () -> otherwise);
    }

    private static void await(
            Duration timeout, CancelSignal cancel, BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (cancel.cancelled() || System.nanoTime() > deadline) {
                    throw new UnavailableException("process runtime: " + otherwise.get());
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("process runtime: interrupted", e);
        }
    }

    /** Runs a small tool that does not wait for anything. */
    private static void run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new UnavailableException("process runtime: " + command.get(0) + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UnavailableException("process runtime: cannot run " + command.get(0) + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("process runtime: interrupted", e);
        }
    }
}
