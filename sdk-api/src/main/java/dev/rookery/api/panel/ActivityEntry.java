package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * Something that happened to a server. Source: panel remote API §3.11.
 *
 * @param user who did it; empty means the node itself
 * @param server to which server
 * @param event what, such as {@code server:sftp.write}
 * @param metadata details of the event
 * @param address where from; empty if nowhere
 * @param timestamp when
 * @param schedule which schedule did it; empty for none, and only Calagopus has any
 */
@Value.Builder
public record ActivityEntry(
        @JsonProperty("user") Optional<UUID> user,
        @JsonProperty("server") ServerId server,
        @JsonProperty("event") String event,
        @JsonProperty("metadata") Map<String, Json> metadata,
        @JsonProperty("ip") String address,
        @JsonProperty("timestamp") Instant timestamp,
        @JsonProperty("schedule") Optional<UUID> schedule) {

    /** Fills in what a node left out; server, event and time have to be there. */
    public ActivityEntry {
        user = user == null ? Optional.empty() : user;
        requireNonNull(server, "server");
        requireNonNull(event, "event");
        requireNonNull(timestamp, "timestamp");
        schedule = schedule == null ? Optional.empty() : schedule;
        address = address == null ? "" : address;
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Returns a builder of something that the node itself did. */
    public static ActivityEntryBuilder builder(ServerId server, String event, Instant timestamp) {
        return new ActivityEntryBuilder()
                .server(server)
                .event(event)
                .timestamp(timestamp)
                .address("");
    }
}
