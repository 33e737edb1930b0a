package dev.rookery.daemon.internal.environment.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.EngineUnavailableException;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.ImageListener;
import dev.rookery.api.spi.ImageRequest;
import dev.rookery.api.spi.ImageStore;
import dev.rookery.api.spi.Output;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.api.spi.Subscription;
import dev.rookery.api.spi.UsageSample;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.kit.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs containers on a Docker engine, of version 20.10 or later. Thread-safe. */
@SuppressWarnings("try") // Registrations are held open, not used.
public final class DockerEnvironment implements ServerEnvironment {

    /** The label that holds the node's uuid. */
    public static final String NODE_LABEL = "dev.rookery.node";

    private static final Duration REMOVAL_PAUSE = Duration.ofMillis(200);
    private static final int CREATE_TRIES = 5;
    private static final int COPY_BUFFER_BYTES = 32 << 10;

    private final UUID nodeUuid;
    private final Executor threads;
    private final EngineCalls calls;
    private final EngineConnection connection;
    private final EngineStreams streams;
    private final DockerNetwork network;
    private final DockerImages images;
    private final ContainerCommands commands;
    private final LimitUpdate limits;
    private final DockerUsage usage;
    private final Duration callTimeout;
    private final CancelSignal closing = CancelSignal.create();

    /**
     * Creates the environment; asks the engine nothing yet.
     *
     * @param options where the engine is and what containers are given
     */
    public DockerEnvironment(DockerOptions options, EnvironmentContext context) {
        this.nodeUuid = context.node();
        this.threads = context.threads()::accept;
        this.calls = new EngineCalls(options.socket(), threads, options.callTimeout());
        this.connection = new EngineConnection(options, calls);
        this.streams = new EngineStreams(connection, calls, options.callTimeout());
        this.network = new DockerNetwork(options.network(), connection, calls);
        this.images = new DockerImages(options, connection, streams, calls, threads);
        this.commands = new ContainerCommands(options, nodeUuid);
        this.limits = new LimitUpdate(streams);
        this.usage = new DockerUsage(streams, threads, new ControlGroupUsage());
        this.callTimeout = options.callTimeout();
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public void prepare(CancelSignal cancel) {
        connection.forget();
        network.gateway(cancel);
    }

    @Override
    public String hostAddress(CancelSignal cancel) {
        return network.gateway(cancel);
    }

    @Override
    public void provide(ImageRequest image, ImageListener progress, CancelSignal cancel) {
        images.provide(image.reference(), progress, cancel);
    }

    @Override
    public String create(ProcessSpec spec, CancelSignal cancel) {
        network.gateway(cancel);
        var joined = network.networkFor(spec, cancel);
        for (int conflicts = 1; ; conflicts++) {
            remove(spec.name(), cancel);
            var client = connection.client(cancel);
            try {
                return calls.run(
                        "create container",
                        cancel,
                        callTimeout,
                        () -> commands.create(client, spec, joined, network.hasOwnAddresses()),
                        late -> client.removeContainerCmd(late)
                                .withForce(true)
                                .withRemoveVolumes(true)
                                .exec());
            } catch (dev.rookery.api.ConflictException e) {
                // The engine removes a container by and by, and keeps its name until it is through.
                if (conflicts == CREATE_TRIES) {
                    throw e;
                }
                pause(Backoff.REMOTE.pauseAfter(conflicts), cancel);
            }
        }
    }

    @Override
    public void start(String container, CancelSignal cancel) {
        var client = connection.client(cancel);
        run("start container", cancel, () -> {
            try {
                client.startContainerCmd(container).exec();
            } catch (NotModifiedException ignored) {
                // It runs already, which is what was asked for.
            }
            return true;
        });
    }

    @Override
    public Attachment attach(String container, Output output, CancelSignal cancel) {
        var stdin = new StdinPipe();
        var path = "/containers/" + container + "/attach?stream=1&stdin=1&stdout=1&stderr=1";
        try {
            var response = streams.open("attach to container", "POST", path, stdin, cancel);
            var attachment = new DockerAttachment(response, stdin);
            var closed = closing.onCancel(attachment::close);
            attachment.read(threads, output, closed::close);
            return attachment;
        } catch (EngineUnavailableException e) {
            stdin.close();
            if (String.valueOf(e.getMessage()).contains("Expected 101")) {
                throw refusedAttachment(container, e, cancel);
            }
            throw e;
        } catch (RookeryException e) {
            stdin.close();
            throw e;
        }
    }

    /** The transport keeps the engine's words to itself when it refuses to attach: another question brings out what is wrong. */
    private RookeryException refusedAttachment(String container, EngineUnavailableException e, CancelSignal cancel) {
        try {
            streams.json("attach to container", "GET", "/containers/" + container + "/json", cancel);
            return new UnavailableException("container engine: attach to container was refused", e);
        } catch (RookeryException reason) {
            return reason;
        }
    }

    @Override
    public void readLog(String container, Optional<Instant> since, Output output, CancelSignal cancel) {
        var path = "/containers/" + container + "/logs?stdout=1&stderr=1"
                + since.map(time -> "&since=" + time.getEpochSecond() + "." + "%09d".formatted(time.getNano()))
                        .orElse("");
        var response = streams.open("read container log", "GET", path, cancel);
        try (response;
                var ignored = cancel.onCancel(response::close);
                var body = response.getBody()) {
            var buffer = new byte[COPY_BUFFER_BYTES];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                output.bytes(buffer, count);
            }
            output.end();
        } catch (IOException e) {
            throw new EngineUnavailableException("container engine: the log of a container broke off", e);
        }
    }

    @Override
    public Optional<ProcessStatus> inspect(String container, CancelSignal cancel) {
        var client = connection.client(cancel);
        return run("inspect container", cancel, () -> {
            try {
                var answer = client.inspectContainerCmd(container).exec();
                var state = answer.getState();
                return Optional.of(new ProcessStatus(
                        answer.getId(),
                        Boolean.TRUE.equals(state.getRunning()),
                        state.getExitCodeLong() == null
                                ? 0
                                : state.getExitCodeLong().intValue(),
                        Boolean.TRUE.equals(state.getOOMKilled()),
                        time(state.getStartedAt())));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void signal(String container, String signal, CancelSignal cancel) {
        var client = connection.client(cancel);
        run("signal container", cancel, () -> {
            try {
                client.killContainerCmd(container).withSignal(signal).exec();
            } catch (NotFoundException | com.github.dockerjava.api.exception.ConflictException ignored) {
                // It does not run: nobody is there to hear the signal.
            }
            return true;
        });
    }

    @Override
    public void stop(String container, CancelSignal cancel) {
        // With the time-out -1 the engine never kills: the deadline is ours to keep. The call lasts until the process
        // ends, so only its
        // head is waited for, on a thread that nobody else waits for.
        threads.execute(() -> {
            try (var response =
                    streams.open("stop container", "POST", "/containers/" + container + "/stop?t=-1", closing)) {
                response.getStatusCode();
            } catch (RookeryException ignored) {
                // Its end, or the kill at the deadline, is seen by the one who waits for the container.
            }
        });
    }

    @Override
    public void remove(String container, CancelSignal cancel) {
        var client = connection.client(cancel);
        boolean removed = run("remove container", cancel, () -> {
            try {
                client.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
                return true;
            } catch (NotFoundException ignored) {
                // Nothing to remove.
                return true;
            } catch (com.github.dockerjava.api.exception.ConflictException e) {
                if (!String.valueOf(e.getMessage()).contains("already in progress")) {
                    throw e;
                }
                return false;
            }
        });
        if (!removed) {
            awaitRemoval(container, cancel);
        }
    }

    /** An earlier call, given up here, goes on in the engine: until it is done, the process may still write. */
    private void awaitRemoval(String container, CancelSignal cancel) {
        long begin = System.nanoTime();
        while (inspect(container, cancel).isPresent()) {
            if (cancel.cancelled() || System.nanoTime() - begin > callTimeout.toNanos()) {
                throw new UnavailableException("container " + container + " is still being removed");
            }
            pause(REMOVAL_PAUSE, cancel);
        }
    }

    @Override
    public boolean update(String container, ProcessSpec.Limits newLimits, CancelSignal cancel) {
        return limits.apply(container, newLimits, cancel);
    }

    @Override
    public Subscription watch(EnvironmentListener listener) {
        var watch = new EngineWatch(streams, threads, nodeUuid, this::list, connection::forget, listener);
        var closed = closing.onCancel(watch::close);
        threads.execute(() -> {
            try {
                watch.run();
            } finally {
                closed.close();
            }
        });
        return watch;
    }

    @Override
    public Map<String, UsageSample> usage(Collection<String> containers, CancelSignal cancel) {
        return usage.read(containers, cancel);
    }

    @Override
    public Optional<ImageStore> images() {
        return Optional.of(new DockerStore(streams));
    }

    @Override
    public List<ProcessSummary> list(CancelSignal cancel) {
        var client = connection.client(cancel);
        return run(
                "list containers",
                cancel,
                () -> client
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(NODE_LABEL, nodeUuid.toString()))
                        .exec()
                        .stream()
                        .map(found -> new ProcessSummary(
                                found.getId(),
                                found.getNames().length == 0 ? "" : found.getNames()[0].substring(1),
                                "running".equals(found.getState()),
                                found.getLabels() == null ? Map.of() : found.getLabels()))
                        .toList());
    }

    @Override
    public void close() {
        closing.cancel();
        connection.close();
    }

    private static void pause(Duration length, CancelSignal cancel) {
        var cancelled = new CountDownLatch(1);
        try (var ignored = cancel.onCancel(cancelled::countDown)) {
            if (cancelled.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("waiting for a container was cancelled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("waiting for a container was interrupted", e);
        }
    }

    private <T> T run(String what, CancelSignal cancel, Callable<T> call) {
        return calls.run(what, cancel, call);
    }

    private static Optional<Instant> time(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            var time = Instant.parse(text);
            // The engine writes year 1 for "never".
            return time.getEpochSecond() > 0 ? Optional.of(time) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
