package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.cloudflare.ConnectorLauncher;
import java.nio.file.Path;

/** How the connectors of tunnels are run. */
public sealed interface ConnectorChoice {

    /** Returns its name in the API. */
    String kind();

    /** Returns whether connectors go on running when the panel ends, for the next one to take over. */
    boolean outlive();

    /**
     * Returns what starts the connectors of one tunnel.
     *
     * @param folder of that tunnel's connectors
     */
    ConnectorLauncher launcher(Path folder);

    /**
     * Processes of the panel's own.
     *
     * @param program the file of cloudflared
     */
    record Processes(Path program) implements ConnectorChoice {

        /** Checks its arguments. */
        public Processes {
            requireNonNull(program, "program");
        }

        @Override
        public String kind() {
            return "process";
        }

        @Override
        public boolean outlive() {
            return false;
        }

        @Override
        public ConnectorLauncher launcher(Path folder) {
            return ConnectorLauncher.processes(program, folder);
        }
    }
}
