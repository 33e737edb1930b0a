package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.ServerState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * A server as the panel knows it.
 *
 * @param id its uuid
 * @param number its number, from 1
 * @param node where it runs
 * @param owner the user it belongs to
 * @param spec what was asked for
 * @param allocations its allocations on that node, the primary one first, the others by id
 * @param life what has become of it
 * @param createdAt when it was added
 * @param version grows with each change of status, suspension, operations, backups or moves, so that a decision about the server
 *     can be stored only while it still is what was looked at
 */
@Value.Builder
public record PanelServer(
        ServerId id,
        int number,
        NodeId node,
        UUID owner,
        ServerSpec spec,
        List<AllocationRecord> allocations,
        Life life,
        Instant createdAt,
        long version) {

    /** Copies the list. */
    public PanelServer {
        requireNonNull(id, "id");
        requireNonNull(node, "node");
        requireNonNull(owner, "owner");
        requireNonNull(spec, "spec");
        requireNonNull(life, "life");
        requireNonNull(createdAt, "createdAt");
        allocations = List.copyOf(allocations);
    }

    /** Returns a builder of a server that was never changed. */
    public static PanelServerBuilder builder() {
        return new PanelServerBuilder().version(0);
    }

    /** Returns the status. */
    public ServerStatus status() {
        return life.status();
    }

    /** Returns the primary allocation, if there is one. */
    public Optional<AllocationRecord> primaryAllocation() {
        return allocations.stream().findFirst();
    }

    /**
     * What has become of a server.
     *
     * @param status where it is in its life
     * @param reason why, for people; empty if there is nothing to say
     * @param suspended whether it may not run; independent of the status
     * @param state the last known power state
     * @param stateAt when that was told
     * @param installedAt when an installation last ended well; empty if none has
     */
    public record Life(
            ServerStatus status,
            Optional<String> reason,
            boolean suspended,
            ServerState state,
            Instant stateAt,
            Optional<Instant> installedAt) {

        /** Checks its arguments. */
        public Life {
            requireNonNull(status, "status");
            requireNonNull(reason, "reason");
            requireNonNull(state, "state");
            requireNonNull(stateAt, "stateAt");
            requireNonNull(installedAt, "installedAt");
        }

        /** Returns the life of a server that was just added: creating, offline. */
        public static Life created(Instant now) {
            return new Life(ServerStatus.CREATING, Optional.empty(), false, ServerState.OFFLINE, now, Optional.empty());
        }

        /** Returns a copy after a change of the status. */
        public Life after(StatusChange change) {
            return new Life(
                    change.to(),
                    change.reason(),
                    suspended,
                    state,
                    stateAt,
                    change.installedAt().or(() -> installedAt));
        }
    }
}
