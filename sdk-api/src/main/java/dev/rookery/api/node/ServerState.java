package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The power state of a server. Source: node API §2.3. */
public enum ServerState {
    /** No process runs. */
    OFFLINE,
    /** The process is being started, or runs and has not yet printed its "done" line. */
    STARTING,
    /** The process runs. */
    RUNNING,
    /** The process was told to stop and still runs. */
    STOPPING,
    /** A state that this version does not know. */
    UNKNOWN;

    /** Reads the wire form; anything unknown becomes {@link #UNKNOWN}. */
    @JsonCreator
    public static ServerState parse(String text) {
        for (var state : values()) {
            if (state.wireName().equals(text)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    /** Returns the lower-case wire form. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
