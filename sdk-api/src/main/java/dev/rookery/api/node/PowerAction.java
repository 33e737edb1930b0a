package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.permission.Permission;
import java.util.Locale;

/** What can be asked of a server's process. Source: node API §2.3 and, for the permissions, §4.3. */
public enum PowerAction {
    /** Start an offline server. */
    START,
    /** Stop the way the egg says, and kill at the deadline. */
    STOP,
    /** Stop, then start; on an offline server the same as start. */
    RESTART,
    /** End the process at once, in whatever state it is. */
    KILL;

    /** Returns what a user needs to ask for this. */
    public Permission permission() {
        return switch (this) {
            case START -> Permission.START;
            case STOP, KILL -> Permission.STOP;
            case RESTART -> Permission.RESTART;
        };
    }

    /**
     * Reads the wire form.
     *
     * @throws InvalidInputException if it is none
     */
    @JsonCreator
    public static PowerAction parse(String text) {
        for (var action : values()) {
            if (action.wireName().equals(text)) {
                return action;
            }
        }
        throw new InvalidInputException("power action: '" + text + "' (expected: start, stop, restart or kill)");
    }

    /** Returns the lower-case wire form. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
