package dev.rookery.api.node;

import dev.rookery.api.Content;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.ContentMatches;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FilePage;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import java.util.List;
import java.util.Optional;

/**
 * The files of a server. Paths are relative to the server's root; a leading slash is optional. A path that leaves the root, also by
 * a symbolic link, is refused. Thread-safe.
 */
public interface NodeFiles {

    /**
     * Opens a file for reading. Needs {@code file.read-content}.
     *
     * @return to be closed by the caller
     * @throws dev.rookery.api.NotFoundException if there is no such file
     * @throws dev.rookery.api.InvalidInputException if it is a directory or not a regular file
     */
    Content read(String path);

    /**
     * Writes a file, creating it and its parents or replacing it as a whole: a reader sees the old or the new content, and after an
     * error the old one is still there; a Go daemon cuts the old one off first. Needs {@code file.update}, or {@code file.create} for a new file.
     *
     * @param content is closed by this call, whatever happens
     * @throws dev.rookery.api.InvalidInputException if the path names a directory
     */
    void write(String path, Content content);

    /**
     * Returns what is in a directory: directories first, then by name. Needs {@code file.read}.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such directory
     */
    default List<FileEntry> list(String directory) {
        throw new NotOfferedException(Capability.FILE_MANAGEMENT);
    }

    /**
     * Returns a part of what is in a directory, in the order of {@link #list(String)}: of a large one, only the entries asked for are looked at.
     * Needs {@code file.read}.
     *
     * @param page from 1
     * @param perPage 1 to 1000
     * @throws dev.rookery.api.NotFoundException if there is no such directory
     */
    default FilePage list(String directory, int page, int perPage) {
        throw new NotOfferedException(Capability.FILE_PAGES);
    }

    /**
     * Moves files. A source that is missing is passed over. Needs {@code file.update}.
     *
     * @param directory what both names of each file are relative to
     * @param files at least one
     * @throws dev.rookery.api.ConflictException if a target exists; others may have been moved then
     */
    default void rename(String directory, List<FileRename> files) {
        throw new NotOfferedException(Capability.FILE_MANAGEMENT);
    }

    /**
     * Copies a file beside it, to the same name with {@code copy} before the extension, or {@code copy 1} and so on. Needs {@code file.create}.
     *
     * @return the copy, where the node tells it
     * @throws dev.rookery.api.NotFoundException if there is no such regular file
     */
    default Optional<FileEntry> copy(String path) {
        throw new NotOfferedException(Capability.FILE_MANAGEMENT);
    }

    /**
     * Deletes files, and directories with all that is in them. Needs {@code file.delete}.
     *
     * @param directory what the names are relative to
     * @param files at least one
     * @throws dev.rookery.api.NotFoundException if one is missing, and then others may be gone; Pterodactyl's daemon passes it over
     */
    default void delete(String directory, List<String> files) {
        throw new NotOfferedException(Capability.FILE_MANAGEMENT);
    }

    /**
     * Creates a directory and its parents; one that exists is fine. Needs {@code file.create}.
     *
     * @throws dev.rookery.api.InvalidInputException if a file is in the way
     */
    default void createDirectory(String path) {
        throw new NotOfferedException(Capability.FILE_MANAGEMENT);
    }

    /**
     * Sets permissions. Needs {@code file.update}.
     *
     * @param directory what the names are relative to
     * @param files at least one
     */
    default void chmod(String directory, List<FileModeChange> files) {
        throw new NotOfferedException(Capability.FILE_MANAGEMENT);
    }

    /**
     * Puts files into an archive and returns when it is written. A name that is taken gets {@code copy} before the extension. Needs
     * {@code file.archive}.
     *
     * @return the archive
     */
    default FileEntry compress(CompressRequest request) {
        throw new NotOfferedException(Capability.ARCHIVES);
    }

    /**
     * Unpacks an archive over what is there and returns when that is done. Needs {@code file.archive}.
     *
     * @param directory where the archive is, and where its content goes
     * @param file the archive's name
     * @throws dev.rookery.api.InvalidInputException if it is no archive that the node can read; a Go daemon says so only of servers with
     *     a limit for their disk
     * @throws dev.rookery.api.NotFoundException if there is no such file
     */
    default void decompress(String directory, String file) {
        throw new NotOfferedException(Capability.ARCHIVES);
    }

    /**
     * Returns what is in a directory of an archive, without unpacking anything. Needs {@code file.read}.
     *
     * <p>Every answer costs a pass over the archive: over its list of entries where it has one (zip, 7z), over all of its bytes where it has
     * none (tar); a compressed tar is decompressed from its start to its end. A pass is cut short after half a minute, see {@link
     * ArchiveListing#complete()}.
     *
     * @throws dev.rookery.api.InvalidInputException if it is no archive that the node can read, or one beyond its limits
     * @throws dev.rookery.api.NotFoundException if there is no such file, or no such directory in it
     * @throws dev.rookery.api.ConflictException if too many archives are being read at the moment
     */
    default ArchiveListing listArchive(ArchiveQuery query) {
        throw new NotOfferedException(Capability.ARCHIVE_ENTRIES);
    }

    /**
     * Opens one file of an archive for reading, without unpacking the others; of a hard link the file that it is a name of. Needs {@code
     * file.read-content}. A compressed tar is decompressed from its start to that file before this returns.
     *
     * <p>Where the archive has a checksum of the file, the last bytes come only if it fits; a file that is damaged, or longer or shorter than the
     * archive says, breaks off.
     *
     * @param archive the path of the archive
     * @param entry the path of the file in it
     * @return to be closed by the caller; its size is known if the archive says it
     * @throws dev.rookery.api.InvalidInputException if it is no archive that the node can read, or if the entry is a directory or a link
     * @throws dev.rookery.api.NotFoundException if there is no such file, or no such entry in it
     * @throws dev.rookery.api.ConflictException if too many archives are being read at the moment
     */
    default Content readArchive(String archive, String entry) {
        throw new NotOfferedException(Capability.ARCHIVE_ENTRIES);
    }

    /**
     * Returns files whose names match, directories included, each with its path as name; none if there is no such directory. Needs {@code
     * file.read}.
     */
    default List<FileEntry> search(FileSearch search) {
        throw new NotOfferedException(Capability.FILE_SEARCH);
    }

    /**
     * Returns lines of files that hold a text. Files that are no text are passed over, links are not followed. Needs {@code file.read-content}.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such directory
     */
    default ContentMatches search(ContentSearch search) {
        throw new NotOfferedException(Capability.CONTENT_SEARCH);
    }

    /** Returns the downloads that the node makes for this server. */
    default RemoteDownloads downloads() {
        throw new NotOfferedException(Capability.REMOTE_DOWNLOADS);
    }

    /** Returns what the node does with this server's files on its own. */
    default FileJobs jobs() {
        throw new NotOfferedException(Capability.FILE_JOBS);
    }

    /** Returns the files of this server that come in pieces. */
    default FileUploads uploads() {
        throw new NotOfferedException(Capability.RESUMABLE_UPLOADS);
    }
}
