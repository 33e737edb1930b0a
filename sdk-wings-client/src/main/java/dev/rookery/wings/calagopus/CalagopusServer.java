package dev.rookery.wings.calagopus;

import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.wings.SignedUrl;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What only nodes of Calagopus offer for a server. Immutable and thread-safe. Source: node API §2.10.2. */
public interface CalagopusServer {

    /**
     * Runs a script in a container of its own over the server's files and returns when it is done. Only for the panel itself.
     *
     * @param script what to run
     * @param environment the variables that it sees
     */
    ScriptOutput run(InstallScript script, Map<String, String> environment);

    /**
     * Returns the SHA-256 of the server's program, as far as the node finds it. Only for the panel itself.
     *
     * @param game what to look for, such as {@code minecraft_java}
     */
    String versionHash(String game);

    /** Replaces what users may do on sockets and SFTP sessions that are open. Only for the panel itself. */
    void setPermissions(List<UserPermissions> users);

    /** Returns how far a schedule is. Needs {@code schedule.read}. */
    ScheduleStatus schedule(UUID schedule);

    /** Ends a schedule that runs. Only for the panel itself. */
    void abortSchedule(UUID schedule);

    /**
     * Runs a schedule now. Only for the panel itself.
     *
     * @param schedule which one
     * @param skipCondition whether to run it even where its condition does not hold
     */
    void triggerSchedule(UUID schedule, boolean skipCondition);

    /**
     * Returns one page of a directory. Needs {@code file.read}.
     *
     * @param directory which one
     * @param ignored patterns of what to leave out
     * @param page from 1
     * @param perPage at least 1; the node has a bound of its own
     */
    FilePage files(String directory, List<String> ignored, int page, int perPage);

    /**
     * Returns checksums of files by their paths; what is no file is left out. Needs {@code file.read-content}.
     *
     * @param algorithm how they are computed
     * @param files which
     */
    Map<String, String> fingerprints(FingerprintAlgorithm algorithm, List<String> files);

    /** Returns files by name, size and content. Needs {@code file.read-content}. */
    List<FileEntry> search(ContentSearch search);

    /**
     * Ends a compression, decompression or download that runs in the background. Needs {@code file.create}.
     *
     * @throws dev.rookery.api.NotFoundException if there is none of that id
     */
    void abortOperation(UUID operation);

    /**
     * Returns where a browser loads several files as one archive, written on the way. Needs {@code file.read-content}.
     *
     * @param directory where they are
     * @param names which, relative to it
     * @param format of the archive
     */
    SignedUrl downloadFiles(String directory, List<String> names, ArchiveFormat format);

    /**
     * Returns where a browser loads a directory as an archive, written on the way. Needs {@code file.read-content}.
     *
     * @param directory which one
     * @param format of the archive
     */
    SignedUrl downloadDirectory(String directory, ArchiveFormat format);
}
