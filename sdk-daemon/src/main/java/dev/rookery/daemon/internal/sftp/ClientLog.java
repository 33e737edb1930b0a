package dev.rookery.daemon.internal.sftp;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Lines about what clients do. What they say of themselves can neither end a line nor move a cursor, and nobody can fill the log: so many lines a minute for
 * each client and for all, and then how many there were more. Thread-safe.
 */
final class ClientLog {

    /** How many lines a minute are about one client. */
    static final int LINES_OF_ONE_MAX = 20;
    /** How many lines a minute are about all of them. */
    static final int LINES_MAX = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ClientLog.class);
    private static final int TEXT_MAX = 200;
    private static final int SECONDS = 60;

    private final Clock clock;
    // Guarded by this: how many lines there were in the minute about whom; at most as many as lines.
    private final Map<String, Integer> lines = new HashMap<>();
    // Guarded by this.
    private long minute;
    private int all;
    private long leftOut;

    ClientLog(Clock clock) {
        this.clock = clock;
    }

    /** Returns a text as it may be logged. */
    static String plain(String text) {
        var cut = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
        var plain = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> plain.appendCodePoint(shown(c) ? c : '?'));
        return plain.toString();
    }

    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /**
     * Writes a line, unless there were too many.
     *
     * @param who what lines are counted by: an address, a user
     * @param texts take the places of {@code {}}, as {@link #plain} has them
     */
    void line(Logger log, Level level, String who, String format, Object... texts) {
        if (!log.isEnabledForLevel(level)) {
            return;
        }
        long before = begin();
        if (before > 0) {
            LOG.warn("{} lines about SFTP clients were left out, there were more than {} a minute", before, LINES_MAX);
        }
        if (count(who)) {
            log.atLevel(level)
                    .log(
                            format,
                            Arrays.stream(texts)
                                    .map(text -> plain(String.valueOf(text)))
                                    .toArray());
        }
    }

    /** Returns what was left out of the last minute, once. */
    private synchronized long begin() {
        long now = clock.instant().getEpochSecond() / SECONDS;
        if (now == minute) {
            return 0;
        }
        minute = now;
        all = 0;
        lines.clear();
        long before = leftOut;
        leftOut = 0;
        return before;
    }

    private synchronized boolean count(String who) {
        if (all >= LINES_MAX || lines.getOrDefault(who, 0) >= LINES_OF_ONE_MAX) {
            leftOut++;
            return false;
        }
        all++;
        lines.merge(who, 1, Integer::sum);
        return true;
    }
}
