package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * A move of a server from node to node. A store may keep it as one document, which JSON's names are for.
 *
 * @param id its own id
 * @param server which server
 * @param source the node that has it when the move begins
 * @param destination the node that shall have it
 * @param allocations what it gets there, the primary one first; reserved while the move runs
 * @param state how far it is
 * @param reason why it failed, for people; empty otherwise
 * @param createdAt when it was asked for
 * @param endedAt when it had ended; empty before
 */
@Value.Builder
public record TransferRecord(
        @JsonProperty("id") UUID id,
        @JsonProperty("server") ServerId server,
        @JsonProperty("source") NodeId source,
        @JsonProperty("destination") NodeId destination,
        @JsonProperty("allocations") List<Long> allocations,
        @JsonProperty("state") State state,
        @JsonProperty("reason") Optional<String> reason,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("ended_at") Optional<Instant> endedAt) {

    /** Checks its arguments. */
    public TransferRecord {
        requireNonNull(id, "id");
        requireNonNull(server, "server");
        requireNonNull(source, "source");
        requireNonNull(destination, "destination");
        requireNonNull(state, "state");
        requireNonNull(createdAt, "createdAt");
        allocations = List.copyOf(allocations);
        reason = reason == null ? Optional.empty() : reason;
        endedAt = endedAt == null ? Optional.empty() : endedAt;
    }

    /** Returns a builder of a move that runs. */
    public static TransferRecordBuilder builder() {
        return new TransferRecordBuilder().state(State.RUNNING);
    }

    /** Returns whether a node is one of the two. */
    public boolean involves(NodeId node) {
        return source.equals(node) || destination.equals(node);
    }

    /** How far a move is. */
    public enum State {
        /** The source has been asked, or will be. */
        RUNNING,
        /** The destination has the server. */
        SUCCEEDED,
        /** The source has kept the server. */
        FAILED
    }
}
