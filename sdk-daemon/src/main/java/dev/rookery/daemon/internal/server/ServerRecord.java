package dev.rookery.daemon.internal.server;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.daemon.internal.console.NumberedLine;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a server before it is taken up.
 *
 * @param id which one
 * @param configuration the panel's last known configuration, empty if none can be read
 * @param lifecycle what it was doing
 * @param container its container, if it ever had one
 * @param consoleBase the last line number given before that container
 * @param tail its last console lines
 * @param problem what cannot be read of it, for people
 */
public record ServerRecord(
        ServerId id,
        Optional<ServerConfiguration> configuration,
        Lifecycle lifecycle,
        Optional<String> container,
        long consoleBase,
        List<NumberedLine> tail,
        Optional<String> problem) {

    /** Copies the lines. */
    public ServerRecord {
        tail = List.copyOf(tail);
    }

    /** Returns a server that has done nothing yet. */
    public static ServerRecord of(ServerId id, ServerConfiguration configuration, Lifecycle lifecycle) {
        return new ServerRecord(
                id, Optional.of(configuration), lifecycle, Optional.empty(), 0, List.of(), Optional.empty());
    }

    /** Returns a server that has done nothing yet, and whose configuration nobody can read. */
    public static ServerRecord unreadable(ServerId id, Lifecycle lifecycle, String problem) {
        return new ServerRecord(id, Optional.empty(), lifecycle, Optional.empty(), 0, List.of(), Optional.of(problem));
    }

    /** Returns it as it is taken up: what runs is not known yet. */
    public ServerRecord booting() {
        return new ServerRecord(id, configuration, lifecycle.booting(), container, consoleBase, tail, problem);
    }
}
