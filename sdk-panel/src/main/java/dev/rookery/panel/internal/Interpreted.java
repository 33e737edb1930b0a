package dev.rookery.panel.internal;

import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.panel.spi.EggInterpreter;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.PanelServer;

/** What a node is told about a server, from the stored egg. Thread-safe. */
public final class Interpreted {

    private final EggStore eggs;
    private final EggInterpreter interpreter;

    /** Creates the way from stored servers to configurations. */
    public Interpreted(EggStore eggs, EggInterpreter interpreter) {
        this.eggs = eggs;
        this.interpreter = interpreter;
    }

    /** Returns how to run a server. */
    public ServerConfiguration configuration(PanelServer server) {
        return interpreter.configuration(server, egg(server));
    }

    /** Returns how to install a server. */
    public InstallScript installScript(PanelServer server) {
        return interpreter.installScript(server, egg(server));
    }

    private EggRecord egg(PanelServer server) {
        return eggs.get(server.spec().eggId());
    }
}
