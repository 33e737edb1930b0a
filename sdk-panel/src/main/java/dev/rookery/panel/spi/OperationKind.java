package dev.rookery.panel.spi;

import java.util.Map;

/** What is to be done on a node. */
public enum OperationKind {
    /** Have the node create and install a server. */
    CREATE,
    /** Have the node install a server again. */
    REINSTALL,
    /** Have the node delete a server. */
    DELETE,
    /** Have the node fetch a server's configuration again. */
    SYNC,
    /** Have the node make a backup. */
    BACKUP,
    /** Have the object store put a backup together, or throw its parts away. */
    FINISH_BACKUP,
    /** Have a backup removed from where it is kept. */
    DELETE_BACKUP,
    /** Have the node restore a backup. */
    RESTORE,
    /** Have the node send a server to another one. */
    TRANSFER,
    /** Have a node remove a server that it was moved from, or should have been moved to. */
    CLEAN_UP;

    /** Returns the slot of an operation: a server has at most one in each. */
    String slot(Map<String, String> parameters) {
        return switch (this) {
            case CREATE, REINSTALL, DELETE, RESTORE, TRANSFER -> "server";
            case SYNC -> "sync";
            case BACKUP, FINISH_BACKUP, DELETE_BACKUP ->
                NewOperation.BACKUP + " " + parameters.getOrDefault(NewOperation.BACKUP, "");
            case CLEAN_UP -> NewOperation.NODE + " " + parameters.getOrDefault(NewOperation.NODE, "");
        };
    }
}
