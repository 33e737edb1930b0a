package dev.rookery.api.dialect;

import dev.rookery.api.node.Capability;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that some node offers. Where a node offers it says {@link NodeDialect}. Source: node API §2. */
public enum NodeCall {
    /** What the machine is, in short. */
    SYSTEM(null),
    /** What the machine is, at length. */
    MACHINE_DETAILS(Capability.MACHINE_DETAILS),
    /** What the machine uses. */
    UTILIZATION(Capability.UTILIZATION),
    /** The machine's addresses. */
    IP_ADDRESSES(Capability.IP_ADDRESSES),
    /** Disk use of the container engine. */
    DOCKER_DISK(Capability.DOCKER_DISK),
    /** Removal of unused images. */
    PRUNE_IMAGES(Capability.DOCKER_DISK),
    /** A report for people. */
    DIAGNOSTICS(Capability.DIAGNOSTICS),
    /** A change of the node's configuration. */
    UPDATE_CONFIGURATION(Capability.CONFIGURATION_UPDATE),
    /** The end of all authority of a user. */
    DEAUTHORIZE(Capability.DEAUTHORIZATION),
    /** All servers. */
    LIST_SERVERS(null),
    /** A new server. */
    CREATE_SERVER(Capability.SERVER_LIFECYCLE),
    /** One server. */
    SERVER_DETAILS(null),
    /** The end of a server. */
    DELETE_SERVER(Capability.SERVER_LIFECYCLE),
    /** Start, stop, restart, kill. */
    POWER(null),
    /** Lines for a server's process. */
    COMMANDS(Capability.COMMANDS),
    /** The last lines of a console. */
    LOGS(Capability.LOGS),
    /** The stored lines of a console; nodes of ours have it. */
    CONSOLE_HISTORY(Capability.CONSOLE_HISTORY),
    /** The output of an installation. */
    INSTALL_LOG(Capability.INSTALL_LOG),
    /** Fetching a server's configuration again. */
    SYNC(Capability.SERVER_LIFECYCLE),
    /** Running the install script as for a new server. */
    INSTALL(Capability.INSTALL),
    /** Running the install script again. */
    REINSTALL(Capability.SERVER_LIFECYCLE),
    /** The end of an installation. */
    ABORT_INSTALL(Capability.ABORT_INSTALL),
    /** Refusing tokens. */
    DENY_TOKENS(Capability.TOKEN_DENIAL),
    /** The console's socket. */
    CONSOLE(null),
    /** The content of a file. */
    READ_FILE(null),
    /** New content of a file. */
    WRITE_FILE(null),
    /** What is in a directory. */
    LIST_FILES(Capability.FILE_MANAGEMENT),
    /** Moving files. */
    RENAME_FILES(Capability.FILE_MANAGEMENT),
    /** Copying a file. */
    COPY_FILE(Capability.FILE_MANAGEMENT),
    /** Deleting files. */
    DELETE_FILES(Capability.FILE_MANAGEMENT),
    /** A new directory. */
    CREATE_DIRECTORY(Capability.FILE_MANAGEMENT),
    /** Setting permissions. */
    CHMOD_FILES(Capability.FILE_MANAGEMENT),
    /** Writing an archive. */
    COMPRESS(Capability.ARCHIVES),
    /** Unpacking an archive. */
    DECOMPRESS(Capability.ARCHIVES),
    /** Finding files by name. */
    SEARCH_FILES(Capability.FILE_SEARCH),
    /** A part of what is in a directory; nodes of ours have it. */
    LIST_FILE_PAGE(Capability.FILE_PAGES),
    /** Finding text in files; nodes of ours have it. */
    SEARCH_CONTENT(Capability.CONTENT_SEARCH),
    /** What is in a directory of an archive; nodes of ours have it. */
    LIST_ARCHIVE(Capability.ARCHIVE_ENTRIES),
    /** The content of a file in an archive; nodes of ours have it. */
    READ_ARCHIVE_ENTRY(Capability.ARCHIVE_ENTRIES),
    /** Beginning a file that comes in pieces; nodes of ours have it. */
    BEGIN_UPLOAD(Capability.RESUMABLE_UPLOADS),
    /** How far a file in pieces is. */
    UPLOAD_STATE(Capability.RESUMABLE_UPLOADS),
    /** A piece of a file. */
    APPEND_UPLOAD(Capability.RESUMABLE_UPLOADS),
    /** The end of a file in pieces. */
    CANCEL_UPLOAD(Capability.RESUMABLE_UPLOADS),
    /** What the node is fetching. */
    LIST_DOWNLOADS(Capability.REMOTE_DOWNLOADS),
    /** Fetching a file from elsewhere. */
    START_DOWNLOAD(Capability.REMOTE_DOWNLOADS),
    /** The end of a download. */
    CANCEL_DOWNLOAD(Capability.REMOTE_DOWNLOADS),
    /** The jobs with files; nodes of ours have it. */
    LIST_FILE_JOBS(Capability.FILE_JOBS),
    /** The end of a job with files; nodes of ours have it. */
    CANCEL_FILE_JOB(Capability.FILE_JOBS),
    /** A new backup. */
    CREATE_BACKUP(Capability.BACKUPS),
    /** Restoring a backup. */
    RESTORE_BACKUP(Capability.BACKUPS),
    /** Deleting a backup. */
    DELETE_BACKUP(Capability.BACKUPS),
    /** Deleting all backups of a server; a node may have backups without it. */
    DELETE_ALL_BACKUPS(Capability.BACKUPS),
    /** Sending a server to another node. */
    START_TRANSFER(Capability.TRANSFERS),
    /** The end of sending. */
    CANCEL_TRANSFER(Capability.TRANSFERS),
    /** Taking a server from another node. */
    RECEIVE_TRANSFER(Capability.TRANSFERS),
    /** The end of taking. */
    CANCEL_RECEIVING(Capability.TRANSFERS),
    /** A file by signed URL. */
    SIGNED_DOWNLOAD(Capability.SIGNED_URLS),
    /** A backup by signed URL. */
    SIGNED_BACKUP(Capability.SIGNED_URLS),
    /** Files to a node by signed URL. */
    SIGNED_UPLOAD(Capability.SIGNED_URLS);

    // A record of one text is immutable, which the check cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final @Nullable Capability capability;

    NodeCall(@Nullable Capability capability) {
        this.capability = capability;
    }

    /** Returns the group that the call belongs to; empty for what every node has. */
    public Optional<Capability> capability() {
        return Optional.ofNullable(capability);
    }

    /** Returns whether a node that lacks this call lacks its group. */
    boolean essential() {
        return this != DELETE_ALL_BACKUPS;
    }
}
