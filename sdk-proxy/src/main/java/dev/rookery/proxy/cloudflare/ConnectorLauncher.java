package dev.rookery.proxy.cloudflare;

import dev.rookery.api.Incubating;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Starts connectors of tunnels, in whatever way: as processes of this machine, or in containers of an engine that this library knows nothing of. Two
 * launchers that are equal start the same; a {@link ConnectorKeeper} replaces a connector when its launcher is another one.
 */
@Incubating
public interface ConnectorLauncher {

    /**
     * Starts a connector beside those that run. Does not wait until it is ready.
     *
     * @param connectorToken by which it runs the tunnel; never among arguments or in what others can read
     * @throws dev.rookery.api.UnavailableException if it does not start
     */
    Connector start(String connectorToken);

    /**
     * Takes over a connector that an earlier program started in the same place and left running, as one that was killed does; whatever else it left is
     * stopped. Asked only while there is no connector of this launcher.
     *
     * @param connectorToken with which one is to run; the one that is left may have another
     * @return empty if there is none
     * @throws dev.rookery.api.UnavailableException if it cannot be told
     */
    default Optional<LeftConnector> adopt(String connectorToken) {
        return Optional.empty();
    }

    /**
     * Returns a launcher of processes, each with a folder and a port of its own.
     *
     * @param program the file of cloudflared
     * @param folder for what they need; of one {@link ConnectorKeeper} only, which takes over what it finds running there
     */
    static ConnectorLauncher processes(Path program, Path folder) {
        return new ProcessLauncher(program, folder);
    }
}
