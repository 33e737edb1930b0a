package dev.rookery.api.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The power state of a server. An open set: a state that this version does not know keeps its text and is of {@link Kind#UNKNOWN}.
 * Compare with the constants by {@code equals}, or switch over {@link #kind()}. Source: node API §2.3.
 */
public final class ServerState {

    /** No process runs. */
    public static final ServerState OFFLINE = new ServerState("offline", Kind.OFFLINE);
    /** The process is being started, or runs and has not yet printed its "done" line. */
    public static final ServerState STARTING = new ServerState("starting", Kind.STARTING);
    /** The process runs. */
    public static final ServerState RUNNING = new ServerState("running", Kind.RUNNING);
    /** The process was told to stop and still runs. */
    public static final ServerState STOPPING = new ServerState("stopping", Kind.STOPPING);
    /** Nobody has said. */
    public static final ServerState UNKNOWN = new ServerState("unknown", Kind.UNKNOWN);

    private static final Map<String, ServerState> BY_NAME = Stream.of(OFFLINE, STARTING, RUNNING, STOPPING, UNKNOWN)
            .collect(Collectors.toUnmodifiableMap(ServerState::wireName, Function.identity()));

    private final String wireName;
    private final Kind kind;

    private ServerState(String wireName, Kind kind) {
        this.wireName = wireName;
        this.kind = kind;
    }

    /** What can be told apart, for a {@code switch}. */
    public enum Kind {
        /** {@link ServerState#OFFLINE}. */
        OFFLINE,
        /** {@link ServerState#STARTING}. */
        STARTING,
        /** {@link ServerState#RUNNING}. */
        RUNNING,
        /** {@link ServerState#STOPPING}. */
        STOPPING,
        /** {@link ServerState#UNKNOWN}, and every state that this version has no constant for. */
        UNKNOWN
    }

    /** Reads the wire form, whatever its case; a state without a constant keeps its text as it is. */
    @JsonCreator
    public static ServerState parse(String text) {
        var known = BY_NAME.get(requireNonNull(text, "text").toLowerCase(Locale.ROOT));
        return known == null ? new ServerState(text, Kind.UNKNOWN) : known;
    }

    /** Returns the wire form. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Returns which of the known states this is. */
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerState state && wireName.equals(state.wireName);
    }

    @Override
    public int hashCode() {
        return wireName.hashCode();
    }

    /** Returns the wire form. */
    @Override
    public String toString() {
        return wireName;
    }
}
