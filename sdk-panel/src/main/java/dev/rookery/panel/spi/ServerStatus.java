package dev.rookery.panel.spi;

/** Where a server is in its life. Suspension is independent of it. */
public enum ServerStatus {
    /** Stored here; its node has not accepted it yet. */
    CREATING,
    /** Its node refused it. */
    CREATE_FAILED,
    /** Its node installs it. */
    INSTALLING,
    /** The last installation failed. */
    INSTALL_FAILED,
    /** Installed. */
    READY,
    /** Its node restores a backup. */
    RESTORING,
    /** Its node sends it to another one. */
    TRANSFERRING,
    /** Shall disappear; its node has not confirmed that yet. */
    DELETING
}
