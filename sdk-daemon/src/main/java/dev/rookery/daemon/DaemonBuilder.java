package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.panel.Panel;
import java.time.Clock;

/** Builds a {@link Daemon}. Not thread-safe. */
public final class DaemonBuilder {

    private final DaemonOptions options;
    private final Panel panel;
    private Clock clock = Clock.systemUTC();

    DaemonBuilder(DaemonOptions options, Panel panel) {
        this.options = requireNonNull(options, "options");
        this.panel = requireNonNull(panel, "panel");
    }

    /** Sets where the time comes from. Default: the system's clock. */
    public DaemonBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** Builds the daemon; {@link Daemon#start()} starts it. */
    public Daemon build() {
        return new Daemon(this);
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
}
