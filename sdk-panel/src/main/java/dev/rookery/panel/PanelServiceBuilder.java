package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.panel.spi.EggInterpreter;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.SftpUsers;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Makes a {@link PanelService}. Not thread-safe. */
public final class PanelServiceBuilder {

    final PanelStore store;
    final NodeDirectory directory;
    final EggInterpreter interpreter;
    Clock clock = Clock.systemUTC();
    PanelOptions options = PanelOptions.defaults();
    Optional<ExecutorService> executor = Optional.empty();
    SftpUsers sftpUsers = SftpUsers.nobody();

    PanelServiceBuilder(PanelStore store, NodeDirectory directory, EggInterpreter interpreter) {
        this.store = requireNonNull(store, "store");
        this.directory = requireNonNull(directory, "directory");
        this.interpreter = requireNonNull(interpreter, "interpreter");
    }

    /** Sets the clock; the system's by default. */
    public PanelServiceBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** Sets the bounds; {@link PanelOptions#defaults()} by default. */
    public PanelServiceBuilder options(PanelOptions options) {
        this.options = requireNonNull(options, "options");
        return this;
    }

    /**
     * Sets what runs operations and questions to nodes, one task each; it stays the caller's to shut down. By default a thread for each task, virtual
     * where there are such.
     */
    public PanelServiceBuilder executor(ExecutorService executor) {
        this.executor = Optional.of(requireNonNull(executor, "executor"));
        return this;
    }

    /** Sets who may log in over SFTP; nobody by default. */
    public PanelServiceBuilder sftpUsers(SftpUsers users) {
        this.sftpUsers = requireNonNull(users, "users");
        return this;
    }

    /** Makes the service, which does nothing on its own before {@link PanelService#start()}. */
    public PanelService build() {
        return new PanelService(this);
    }
}
