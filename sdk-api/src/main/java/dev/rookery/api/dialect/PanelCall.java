package dev.rookery.api.dialect;

/** A call of {@code /api/remote} that some panel offers. Which panel offers it says {@link RemoteDialect}. Source: panel remote API §2. */
public enum PanelCall {
    /** One page of the node's servers. */
    SERVERS("GET", "/servers"),
    /** The news that the node has restarted. */
    RESET("POST", "/servers/reset"),
    /** How to run one server. */
    CONFIGURATION("GET", "/servers/{uuid}"),
    /** How to install one server. */
    INSTALL_SCRIPT("GET", "/servers/{uuid}/install"),
    /** The outcome of an installation. */
    INSTALL_REPORT("POST", "/servers/{uuid}/install"),
    /** A change of the power state. */
    STATE_REPORT("POST", "/servers/{uuid}/container/status"),
    /** A move that failed. */
    TRANSFER_FAILURE("POST", "/servers/{uuid}/transfer/failure"),
    /** A move that went well. */
    TRANSFER_SUCCESS("POST", "/servers/{uuid}/transfer/success"),
    /** Where to upload a backup, all parts at once. */
    BACKUP_UPLOAD("GET", "/backups/{backup}"),
    /** Where to upload the next parts of a backup. */
    BACKUP_PARTS("GET", "/backups/{backup}/s3/parts"),
    /** The outcome of a backup. */
    BACKUP_REPORT("POST", "/backups/{backup}"),
    /** The outcome of restoring a backup. */
    RESTORE_REPORT("POST", "/backups/{backup}/restore"),
    /** The outcome of deleting a backup. */
    DELETION_REPORT("POST", "/backups/{backup}/deletion"),
    /** Whether someone may log in over SFTP. */
    SFTP_LOGIN("POST", "/sftp/auth"),
    /** What happened on the node. */
    ACTIVITY("POST", "/activity"),
    /** What became of scheduled work. */
    SCHEDULE_REPORT("POST", "/schedule"),
    /** A new backup, wanted by a schedule. */
    CREATE_BACKUP("POST", "/servers/{uuid}/backups"),
    /** A backup's move to another group, wanted by a schedule. */
    UPDATE_BACKUP("PATCH", "/servers/{uuid}/backups"),
    /** The end of a backup, wanted by a schedule. */
    DELETE_BACKUP("DELETE", "/servers/{uuid}/backups"),
    /** Restoring a backup, wanted by a schedule. */
    RESTORE_BACKUP("POST", "/servers/{uuid}/backups/restore"),
    /** A startup variable, set by a schedule. */
    STARTUP_VARIABLE("PUT", "/servers/{uuid}/startup/variables"),
    /** The startup command, set by a schedule. */
    STARTUP_COMMAND("PUT", "/servers/{uuid}/startup/command"),
    /** The image, set by a schedule. */
    STARTUP_IMAGE("PUT", "/servers/{uuid}/startup/docker-image"),
    /** Where restic keeps a backup. */
    RESTIC_REPOSITORY("GET", "/backups/{backup}/restic"),
    /** Where kopia keeps a backup. */
    KOPIA_REPOSITORY("GET", "/backups/{backup}/kopia"),
    /** Where Proxmox Backup Server keeps a backup. */
    PBS_REPOSITORY("GET", "/backups/{backup}/pbs");

    /** Below the panel's URL, where all of these are. */
    public static final String BASE = "/api/remote";

    private final String method;
    private final String path;

    PanelCall(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Returns the HTTP method. */
    public String method() {
        return method;
    }

    /** Returns the path below the panel's URL; segments in braces are to be filled in. */
    public String template() {
        return BASE + path;
    }

    /**
     * Returns whether the call tells the panel what has happened, rather than ask it: the panel has to take it twice, and nobody waits for
     * an answer, so that it may be repeated for long. Source: daemon behaviour §11.2.
     */
    public boolean report() {
        return switch (this) {
            case RESET,
                    INSTALL_REPORT,
                    STATE_REPORT,
                    TRANSFER_FAILURE,
                    TRANSFER_SUCCESS,
                    BACKUP_REPORT,
                    RESTORE_REPORT,
                    DELETION_REPORT,
                    ACTIVITY,
                    SCHEDULE_REPORT -> true;
            default -> false;
        };
    }

    /** Returns whether making the call twice is the same as making it once. */
    public boolean repeatable() {
        return this != CREATE_BACKUP && this != DELETE_BACKUP && this != UPDATE_BACKUP && this != RESTORE_BACKUP;
    }
}
