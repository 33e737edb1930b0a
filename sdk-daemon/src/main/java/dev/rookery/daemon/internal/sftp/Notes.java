package dev.rookery.daemon.internal.sftp;

/** Hears what one client changes. Paths begin at the server's root. */
interface Notes {

    /** A file was opened to be written. */
    void written(String path);

    /** A file or link was created. */
    void created(String path);

    /** A directory was created. */
    void directory(String path);

    /** A file or directory was removed. */
    void deleted(String path);

    /** A file or directory was renamed. */
    void renamed(String from, String to);
}
