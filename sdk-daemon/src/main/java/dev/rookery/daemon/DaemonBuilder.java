package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.panel.Panel;
import dev.rookery.daemon.internal.job.CrashPoints;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Builds a {@link Daemon}. Not thread-safe. */
public final class DaemonBuilder {

    private final DaemonOptions options;
    private final Panel panel;
    private Clock clock = Clock.systemUTC();
    private Optional<Path> configurationFile = Optional.empty();
    private CrashPoints crashPoints = CrashPoints.NONE;

    DaemonBuilder(DaemonOptions options, Panel panel) {
        this.options = requireNonNull(options, "options");
        this.panel = requireNonNull(panel, "panel");
    }

    /** Sets where the time comes from. Default: the system's clock. */
    public DaemonBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets the {@code config.yml} that the options come from, so that the panel may change it ({@code POST /api/update}) within the bounds of
     * {@link dev.rookery.api.config.UpdateRules#update()}; a change takes effect when a daemon is built of it again. Default: none, and
     * the node does not offer that.
     */
    public DaemonBuilder configurationFile(Path file) {
        this.configurationFile = Optional.of(requireNonNull(file, "file"));
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

    Optional<Path> configurationFile() {
        return configurationFile;
    }
}
