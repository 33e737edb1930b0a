package dev.rookery.examples.panel.proxy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.rookery.api.UnavailableException;
import dev.rookery.proxy.cloudflare.Connector;
import dev.rookery.proxy.cloudflare.ConnectorMetrics;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A connector in a container. Thread-safe. */
final class ContainerConnector implements Connector {

    private static final int STOP_SECONDS = 35;
    /** It runs, and says nothing: it is not ready. */
    private static final ConnectorStatus SILENT =
            new ConnectorStatus(true, false, 0, OptionalLong.empty(), OptionalInt.empty());

    private final ContainerEngine engine;
    private final String id;
    private final int port;
    private final String network;
    private volatile Optional<Asked> asked = Optional.empty();

    private record Asked(String address, ConnectorMetrics metrics) {}

    /**
     * Creates it; asks nothing.
     *
     * @param port at which it tells how it is
     * @param network that it is in; {@code host} is the machine's
     */
    ContainerConnector(ContainerEngine engine, String id, int port, String network) {
        this.engine = engine;
        this.id = id;
        this.port = port;
        this.network = network;
    }

    String id() {
        return id;
    }

    /** An engine that is away tells nothing: whether it runs is seen when it is back, until then no other one is started. */
    @Override
    public ConnectorStatus status() {
        try {
            return engine.ask("say how the connector is", client -> {
                try {
                    return status(client.inspectContainerCmd(id).exec());
                } catch (NotFoundException ignored) {
                    // Somebody has removed it.
                    return ConnectorStatus.OFF;
                }
            });
        } catch (UnavailableException ignored) {
            return SILENT;
        }
    }

    private ConnectorStatus status(InspectContainerResponse container) {
        var state = container.getState();
        if (Boolean.TRUE.equals(state.getRestarting())) {
            return new ConnectorStatus(true, false, 0, OptionalLong.empty(), exit(state));
        }
        if (!Boolean.TRUE.equals(state.getRunning())) {
            return new ConnectorStatus(false, false, 0, OptionalLong.empty(), exit(state));
        }
        return host(container).map(host -> metrics(host + ":" + port).ask()).orElse(SILENT);
    }

    private static OptionalInt exit(InspectContainerResponse.ContainerState state) {
        var code = state.getExitCodeLong();
        return code == null ? OptionalInt.empty() : OptionalInt.of(code.intValue());
    }

    private Optional<String> host(InspectContainerResponse container) {
        if (network.equals(ConnectorChoice.Containers.HOST)) {
            return Optional.of("127.0.0.1");
        }
        return Optional.ofNullable(container.getNetworkSettings().getNetworks().get(network))
                .map(one -> String.valueOf(one.getIpAddress()))
                .filter(address -> !address.isEmpty());
    }

    private ConnectorMetrics metrics(String address) {
        var known = asked.filter(one -> one.address().equals(address))
                .orElseGet(() -> new Asked(address, new ConnectorMetrics(address)));
        asked = Optional.of(known);
        return known.metrics();
    }

    @Override
    public void close() {
        engine.ask("stop the connector", client -> {
            try {
                client.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
            } catch (NotModifiedException | NotFoundException ignored) {
                // It does not run any more.
            }
            try {
                client.removeContainerCmd(id).withForce(true).exec();
            } catch (NotFoundException ignored) {
                // Somebody else was faster.
            }
            return id;
        });
    }
}
