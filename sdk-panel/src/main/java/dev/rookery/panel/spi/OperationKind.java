package dev.rookery.panel.spi;

/** What is to be done on a node. */
public enum OperationKind {
    /** Have the node create and install a server. */
    CREATE,
    /** Have the node install a server again. */
    REINSTALL,
    /** Have the node delete a server. */
    DELETE
}
