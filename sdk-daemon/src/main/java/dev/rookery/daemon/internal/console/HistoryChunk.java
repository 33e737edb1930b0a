package dev.rookery.daemon.internal.console;

import java.io.IOException;
import java.util.List;

/** Some neighbouring lines of a history. */
interface HistoryChunk {

    /** Returns the number of the first line, or a smaller one that none before has. */
    long first();

    /** Returns the lines, in the order of their numbers; none if they have been removed. */
    List<HistoryLine> lines() throws IOException;
}
