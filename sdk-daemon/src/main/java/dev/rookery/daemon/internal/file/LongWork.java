package dev.rookery.daemon.internal.file;

import dev.rookery.api.Content;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.node.RemoteDownloads;

/** What takes long with a server's files, for one caller. */
public interface LongWork {

    /** None of it. */
    LongWork NONE = new LongWork() {};

    /** Returns what is done by itself. */
    default FileJobs jobs() {
        throw new NotOfferedException(Capability.FILE_JOBS);
    }

    /** Returns the files that come in pieces. */
    default FileUploads uploads() {
        throw new NotOfferedException(Capability.RESUMABLE_UPLOADS);
    }

    /** Returns what is fetched from elsewhere. */
    default RemoteDownloads downloads() {
        throw new NotOfferedException(Capability.REMOTE_DOWNLOADS);
    }

    /** Puts files into an archive and returns when it is written. */
    default FileEntry compressed(CompressRequest request) {
        throw new NotOfferedException(Capability.ARCHIVES);
    }

    /** Unpacks an archive and returns when that is done. */
    default void decompressed(String directory, String file) {
        throw new NotOfferedException(Capability.ARCHIVES);
    }

    /** Returns what is in a directory of an archive. */
    default ArchiveListing entries(ArchiveQuery query) {
        throw new NotOfferedException(Capability.ARCHIVE_ENTRIES);
    }

    /** Opens one file of an archive. */
    default Content entry(String archive, String entry) {
        throw new NotOfferedException(Capability.ARCHIVE_ENTRIES);
    }
}
