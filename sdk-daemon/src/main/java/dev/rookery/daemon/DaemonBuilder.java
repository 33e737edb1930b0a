package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.spi.DiskQuotasProvider;
import dev.rookery.api.spi.ServerEnvironmentProvider;
import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.daemon.internal.environment.docker.DockerEnvironment;
import dev.rookery.daemon.internal.environment.process.ProcessEnvironment;
import dev.rookery.daemon.internal.job.CrashPoints;
import dev.rookery.daemon.internal.quota.ProjectQuotas;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Builds a {@link Daemon}. Not thread-safe. */
public final class DaemonBuilder {

    private final DaemonOptions options;
    private final Panel panel;
    private Clock clock = Clock.systemUTC();
    private Optional<Path> configurationFile = Optional.empty();
    private DaemonLog log = DaemonLog.none();
    private Optional<RotatingCredentials> credentials = Optional.empty();
    private CrashPoints crashPoints = CrashPoints.NONE;
    private Optional<Executor> executor = Optional.empty();
    private ServerEnvironmentProvider environment;
    private Optional<DiskQuotasProvider> diskQuotas = Optional.empty();

    DaemonBuilder(DaemonOptions options, Panel panel) {
        this.options = requireNonNull(options, "options");
        this.panel = requireNonNull(panel, "panel");
        this.environment = switch (options.runtime()) {
            case DOCKER -> context -> new DockerEnvironment(options.docker(), context);
            case PROCESS -> ProcessEnvironment::new;
        };
    }

    /** Sets where the time comes from. Default: the system's clock. */
    public DaemonBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets what servers run in. Default: what {@link DaemonOptions#runtime()} names.
     *
     * @param provider is asked at each start
     */
    @Incubating
    public DaemonBuilder environment(ServerEnvironmentProvider provider) {
        this.environment = requireNonNull(provider, "provider");
        return this;
    }

    /**
     * Sets what keeps the servers' disk limits. Default: the kernel, if {@link SystemOptions#diskQuotas()} says so; otherwise nobody but the
     * daemon itself, which counts their files.
     *
     * @param provider is asked at each start; where it finds no quotas, the daemon does not start
     */
    @Incubating
    public DaemonBuilder diskQuotas(DiskQuotasProvider provider) {
        this.diskQuotas = Optional.of(requireNonNull(provider, "provider"));
        return this;
    }

    /**
     * Sets what runs everything that waits: the HTTP edge's calls, servers' tasks and streams. It must give each task a thread of its own,
     * without a bound, since tasks wait for one another. The daemon never closes it, and ends its own tasks when it is closed.
     * Default: threads of the daemon's own, virtual ones where the JVM has such.
     */
    public DaemonBuilder executor(Executor executor) {
        this.executor = Optional.of(requireNonNull(executor, "executor"));
        return this;
    }

    /**
     * Sets the {@code config.yml} that the options come from, so that the panel may change it ({@code POST /api/update}) within the bounds of
     * {@link dev.rookery.api.config.UpdateRules#update()}. New credentials and {@code debug} take effect at once, all else when a daemon is
     * built of the file again. Default: none, and the node does not offer that.
     */
    public DaemonBuilder configurationFile(Path file) {
        this.configurationFile = Optional.of(requireNonNull(file, "file"));
        return this;
    }

    /** Sets where the program's log can be read and tuned, for reports and {@code debug}. Default: nowhere. */
    @Incubating
    public DaemonBuilder log(DaemonLog log) {
        this.log = requireNonNull(log, "log");
        return this;
    }

    /**
     * Sets the credentials that are exchanged when the panel gives the node others; share them with the {@link Panel}, so that it presents
     * the new ones too. Default: those of the options, exchanged for the edge alone.
     */
    @Incubating
    public DaemonBuilder credentials(RotatingCredentials credentials) {
        this.credentials = Optional.of(requireNonNull(credentials, "credentials"));
        return this;
    }

    /** Builds the daemon; {@link Daemon#start()} starts it. */
    public Daemon build() {
        return new Daemon(this);
    }

    /** For tests: sets who hears where the node's work has come to. */
    DaemonBuilder crashPoints(CrashPoints points) {
        this.crashPoints = points;
        return this;
    }

    CrashPoints crashPoints() {
        return crashPoints;
    }

    DaemonOptions options() {
        return options;
    }

    Panel panel() {
        return panel;
    }

    Clock clock() {
        return clock;
    }

    Optional<Executor> executor() {
        return executor;
    }

    ServerEnvironmentProvider environment() {
        return environment;
    }

    Optional<DiskQuotasProvider> diskQuotas() {
        return diskQuotas.or(() -> options.system().diskQuotas() ? Optional.of(ProjectQuotas::open) : Optional.empty());
    }

    Optional<Path> configurationFile() {
        return configurationFile;
    }

    DaemonLog log() {
        return log;
    }

    Optional<RotatingCredentials> credentials() {
        return credentials;
    }
}
