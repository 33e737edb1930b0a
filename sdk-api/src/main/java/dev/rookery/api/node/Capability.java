package dev.rookery.api.node;

import static java.util.Objects.requireNonNull;

/**
 * A group of calls that a node may or may not have. An open set. What every node of a dialect has is known; what it has beyond that, a
 * node of ours lists in the response header {@link #HEADER}.
 *
 * @param name lower-case, words joined by a dash
 */
public record Capability(String name) {

    /** The response header that lists a node's capabilities, separated by commas. */
    public static final String HEADER = "X-Rookery-Capabilities";

    /** Ours: console lines carry numbers and delivery can be resumed, see {@code ConsoleOptions}. */
    public static final Capability NUMBERED_CONSOLE = new Capability("numbered-console");
    /** Ours: stored console lines can be read and searched, see {@code ConsoleHistoryQuery}. */
    public static final Capability CONSOLE_HISTORY = new Capability("console-history");
    /** Ours: the details of a server say what the node is doing with it and what is wrong with it, see {@code ServerCondition}. */
    public static final Capability SERVER_CONDITION = new Capability("server-condition");
    /** Servers are created, synchronised, reinstalled and deleted. */
    public static final Capability SERVER_LIFECYCLE = new Capability("server-lifecycle");
    /** Commands are taken outside of a console. */
    public static final Capability COMMANDS = new Capability("commands");
    /** The last console lines are given outside of a console. */
    public static final Capability LOGS = new Capability("logs");
    /** The output of the last installation is kept. */
    public static final Capability INSTALL_LOG = new Capability("install-log");
    /** The install script can be run without the meaning of a reinstallation. */
    public static final Capability INSTALL = new Capability("install");
    /** A running installation can be ended. */
    public static final Capability ABORT_INSTALL = new Capability("abort-install");
    /** The long form of what the node says of its machine. */
    public static final Capability MACHINE_DETAILS = new Capability("machine-details");
    /** Load, memory and disks of the machine. */
    public static final Capability UTILIZATION = new Capability("utilization");
    /** Addresses of the machine. */
    public static final Capability IP_ADDRESSES = new Capability("ip-addresses");
    /** Disk use of the container engine, and removal of unused images. */
    public static final Capability DOCKER_DISK = new Capability("docker-disk");
    /** A report for people. */
    public static final Capability DIAGNOSTICS = new Capability("diagnostics");
    /** The node takes changes of its configuration from the panel. */
    public static final Capability CONFIGURATION_UPDATE = new Capability("configuration-update");
    /** All authority of a user can be taken back at once. */
    public static final Capability DEAUTHORIZATION = new Capability("deauthorization");
    /** Single tokens can be refused by their id. */
    public static final Capability TOKEN_DENIAL = new Capability("token-denial");
    /** Files are listed, renamed, copied, deleted and given modes, and directories are created. */
    public static final Capability FILE_MANAGEMENT = new Capability("file-management");
    /** Archives are written and unpacked. */
    public static final Capability ARCHIVES = new Capability("archives");
    /** Ours: archives are looked into, and single files read of them, without unpacking; see {@code ArchiveQuery}. */
    public static final Capability ARCHIVE_ENTRIES = new Capability("archive-entries");
    /** Files are found by name. */
    public static final Capability FILE_SEARCH = new Capability("file-search");
    /** Ours: large directories are listed page by page. */
    public static final Capability FILE_PAGES = new Capability("file-pages");
    /** Ours: text is found in files, see {@code ContentSearch}. */
    public static final Capability CONTENT_SEARCH = new Capability("content-search");
    /** Ours: what takes long with files is done by itself, is listed and can be ended, see {@code FileJobs}. */
    public static final Capability FILE_JOBS = new Capability("file-jobs");
    /** Ours: files come in pieces, and go on after a break, see {@code FileUploads}. */
    public static final Capability RESUMABLE_UPLOADS = new Capability("resumable-uploads");
    /** The node fetches files from elsewhere. */
    public static final Capability REMOTE_DOWNLOADS = new Capability("remote-downloads");
    /** Browsers load files down and up by signed URLs. */
    public static final Capability SIGNED_URLS = new Capability("signed-urls");
    /** Backups are made, restored and deleted. */
    public static final Capability BACKUPS = new Capability("backups");
    /** Servers move from node to node. */
    public static final Capability TRANSFERS = new Capability("transfers");

    /** Checks its argument. */
    public Capability {
        requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
