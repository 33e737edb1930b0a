package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.cloudflare.ConnectorLauncher;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

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

    /**
     * Containers, which outlive the panel: an update of it ends no connection.
     *
     * @param engine that runs them
     * @param image of cloudflared, of a certain version: with a tag other than {@code latest}, or with a digest
     * @param network that they are in; {@code host} is the machine's
     * @param arguments further ones of {@code cloudflared tunnel}; the token is none of them, for everybody sees arguments who may ask the engine
     */
    record Containers(ContainerEngine engine, String image, String network, List<String> arguments)
            implements ConnectorChoice {

        /** The network of the machine. */
        static final String HOST = "host";

        private static final Pattern PINNED =
                Pattern.compile("[a-z0-9][a-zA-Z0-9._:/-]{0,200}(:(?!latest$)\\w[\\w.-]{0,127}|@sha256:[0-9a-f]{64})");
        private static final Pattern NETWORK = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

        /** Checks its arguments. */
        public Containers {
            requireNonNull(engine, "engine");
            arguments = List.copyOf(arguments);
            if (!PINNED.matcher(image).matches()) {
                throw new InvalidInputException("image: '" + image
                        + "' (expected: a certain version, such as cloudflare/cloudflared:2026.8.2, or a digest)");
            }
            if (!NETWORK.matcher(network).matches()) {
                throw new InvalidInputException(
                        "network: '" + network + "' (expected: host, or the name of a network)");
            }
            if (arguments.stream().anyMatch(argument -> argument.startsWith("--token"))) {
                throw new InvalidInputException("arguments with a token (expected: none)");
            }
        }

        boolean inHostNetwork() {
            return network.equals(HOST);
        }

        @Override
        public String kind() {
            return "container";
        }

        @Override
        public boolean outlive() {
            return true;
        }

        @Override
        public ConnectorLauncher launcher(Path folder) {
            return new ContainerLauncher(this, folder);
        }
    }
}
