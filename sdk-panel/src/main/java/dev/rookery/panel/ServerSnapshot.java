package dev.rookery.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerStatus;
import java.util.Optional;

/**
 * What is known of a server at one moment.
 *
 * @param id the server
 * @param node where it runs
 * @param status where it is in its life
 * @param reason why, for people
 * @param suspended whether it may not run
 * @param state the last known power state
 * @param usage what it uses; empty if its node is not reachable or does not have it
 */
public record ServerSnapshot(
        ServerId id,
        NodeId node,
        ServerStatus status,
        Optional<String> reason,
        boolean suspended,
        ServerState state,
        Optional<ResourceUsage> usage) {

    /** Returns what the store knows, with the given state and usage. */
    public static ServerSnapshot of(PanelServer server, ServerState state, Optional<ResourceUsage> usage) {
        var life = server.life();
        return new ServerSnapshot(
                server.id(), server.node(), life.status(), life.reason(), life.suspended(), state, usage);
    }
}
