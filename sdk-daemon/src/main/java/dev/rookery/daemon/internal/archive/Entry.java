package dev.rookery.daemon.internal.archive;

import java.nio.file.attribute.FileTime;

/**
 * What an archive says of one of its files. None of it is trusted.
 *
 * @param name with slashes between its parts
 * @param kind what it is
 * @param mode its permissions and more, as on Unix
 * @param modified when it was changed last
 * @param sizeBytes how long it is; -1 if that is not said
 * @param target where a link leads, what a hard link is another name of; otherwise empty
 */
record Entry(String name, Kind kind, int mode, FileTime modified, long sizeBytes, String target) {

    static final int FILE_MODE = 0644;
    static final int DIRECTORY_MODE = 0755;

    static Entry file(String name, int mode, FileTime modified, long sizeBytes) {
        return new Entry(name, Kind.FILE, mode, modified, sizeBytes, "");
    }

    static Entry directory(String name, int mode, FileTime modified) {
        return new Entry(name, Kind.DIRECTORY, mode, modified, 0, "");
    }

    static Entry link(String name, FileTime modified, String target) {
        return new Entry(name, Kind.LINK, 0777, modified, 0, target);
    }

    static Entry hardLink(String name, int mode, FileTime modified, String target) {
        return new Entry(name, Kind.HARD_LINK, mode, modified, 0, target);
    }

    /** What a file is. */
    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        HARD_LINK,
        /** A device, a pipe, or what is not known. */
        OTHER
    }
}
