package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.RookeryException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Thrown when the panel refuses a call; the problem is for machines, the message for people. */
public final class PanelException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Map<String, String> fields;

    /**
     * Creates the exception.
     *
     * @param problem what it is about
     * @param message what was wrong and what was expected
     * @param fields the values it is about, by name, such as {@code allocationId}
     */
    public PanelException(Problem problem, String message, Map<String, String> fields) {
        super(message, null, null);
        this.problem = requireNonNull(problem, "problem");
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Creates the exception without fields.
     *
     * @param problem what it is about
     * @param message what was wrong and what was expected
     */
    public PanelException(Problem problem, String message) {
        this(problem, message, Map.of());
    }

    /** Returns what it is about. */
    public Problem problem() {
        return problem;
    }

    /** Returns the problem's stable name for other programs, such as {@code allocation_in_use}. */
    public String code() {
        return problem.code();
    }

    /** Returns the values it is about, by name. */
    public Map<String, String> fields() {
        return fields;
    }

    @Override
    public boolean retryable() {
        return false;
    }

    /** What a panel refuses a call for. */
    public enum Problem {
        /** There is no such node. */
        NODE_NOT_FOUND(404),
        /** Another node has that name. */
        NODE_NAME_IN_USE(409),
        /** The node still has servers. */
        NODE_IN_USE(409),
        /** The node has no such allocation. */
        ALLOCATION_NOT_FOUND(404),
        /** The allocation belongs to a server. */
        ALLOCATION_IN_USE(409),
        /** There is no such egg. */
        EGG_NOT_FOUND(404),
        /** The egg was imported before. */
        EGG_EXISTS(409),
        /** Servers are made from the egg. */
        EGG_IN_USE(409),
        /** The stored egg or the values given to it cannot be used. */
        EGG_INVALID(422),
        /** There is no such server. */
        SERVER_NOT_FOUND(404),
        /** There is a server with that uuid. */
        SERVER_EXISTS(409),
        /** Another server has that name. */
        SERVER_NAME_IN_USE(409),
        /** Something else is still to be done for the server. */
        SERVER_BUSY(409),
        /** The server's status forbids it. */
        SERVER_STATUS(409),
        /** The server is suspended. */
        SERVER_SUSPENDED(409),
        /** There is no such schedule. */
        SCHEDULE_NOT_FOUND(404),
        /** Somebody else has changed the schedule meanwhile. */
        SCHEDULE_CHANGED(409),
        /** A run of the schedule is under way. */
        SCHEDULE_BUSY(409),
        /** The server has as many schedules as it may have. */
        TOO_MANY_SCHEDULES(409),
        /** The ticket is unknown, used or too old, or is another one's. */
        TICKET_INVALID(403),
        /** The server is on that node. */
        SAME_NODE(409),
        /** The server has no such backup. */
        BACKUP_NOT_FOUND(404),
        /** A backup is being made. */
        BACKUP_RUNNING(409),
        /** The backup has failed, or is not complete yet. */
        BACKUP_INCOMPLETE(409),
        /** The server has as many backups as it may have. */
        BACKUP_LIMIT(409),
        /** The backup is locked. */
        BACKUP_LOCKED(409),
        /** Another backup has that id. */
        BACKUP_EXISTS(409),
        /** There is no object store to keep backups in. */
        NO_OBJECT_STORE(409),
        /** Too many log-ins failed. */
        TOO_MANY_LOGINS(429),
        /** There are too many consoles open already. */
        TOO_MANY_CONSOLES(429);

        private final int status;

        Problem(int status) {
            this.status = status;
        }

        /** Returns the stable name for other programs: this constant in lower case. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the HTTP status that fits. */
        public int status() {
            return status;
        }
    }
}
