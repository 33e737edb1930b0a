package dev.rookery.panel.spi;

import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerConfiguration;

/** Makes of a stored egg and a server's values what a node needs. Implementations are thread-safe. */
public interface EggInterpreter {

    /**
     * Returns how to run a server.
     *
     * @throws dev.rookery.api.InvalidInputException if egg or values do not allow it; the message names the value
     */
    ServerConfiguration configuration(PanelServer server, EggRecord egg);

    /**
     * Returns how to install a server.
     *
     * @throws dev.rookery.api.InvalidInputException if the egg does not allow it
     */
    InstallScript installScript(PanelServer server, EggRecord egg);
}
