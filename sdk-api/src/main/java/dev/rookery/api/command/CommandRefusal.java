package dev.rookery.api.command;

/** Why a command was refused. */
public enum CommandRefusal {
    /** It is no signed command. */
    MALFORMED,
    /** The node has no key of that name. */
    UNKNOWN_KEY,
    /** The key was in use once. */
    RETIRED_KEY,
    /** The key did not sign these bytes. */
    SIGNATURE,
    /** It is for another node. */
    AUDIENCE,
    /** Its time is over. */
    EXPIRED,
    /** It comes from a future that no clock's error explains. */
    NOT_YET_VALID,
    /** It is good for longer than this node allows. */
    TOO_LONG,
    /** It was made before this node began to remember what it has done. */
    BEFORE_START,
    /** It was done already. */
    REPLAYED,
    /** Too many commands are remembered at once; the same command may be sent again later. */
    OVERLOADED
}
