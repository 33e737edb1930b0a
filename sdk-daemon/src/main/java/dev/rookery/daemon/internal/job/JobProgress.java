package dev.rookery.daemon.internal.job;

import dev.rookery.api.CancelSignal;

/** What a piece of work says of itself while it is done. Thread-safe. */
public interface JobProgress {

    /** Says how much there is to do. */
    void total(long bytes);

    /** Says that more is done. */
    void add(long bytes);

    /** Says what it makes, if that turned out to be something else than was thought. */
    void path(String path);

    /** Says what is otherwise than was asked for, though the work goes on and is done. */
    void note(String text);

    /** Keeps the path of a file that is to go if the node ends before the work does. Blocks until that is on the disk. */
    void leftover(String path);

    /**
     * Keeps that all of the work is done at a path that was kept before, and only has to go to its place, even if the node ends. Blocks until
     * that is on the disk.
     */
    void whole(String path);

    /** Returns what ends the work: it is to stop soon after, and to take away what it has made. */
    CancelSignal cancel();
}
