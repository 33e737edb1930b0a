package dev.rookery.daemon.internal.console;

import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleSearch;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Answers one query: goes through the chunks in the direction of the query until it has enough lines, has read enough or has taken long
 * enough. For one thread.
 */
final class HistorySearch {

    private static final int CLOCK_LOOKS = 64;

    private final ConsoleHistoryQuery query;
    private final Limits limits;
    private final LongSupplier nanos;
    private final long deadline;
    private final Predicate<String> matcher;
    private final boolean forward;
    private final List<ConsoleHistoryPage.Line> found = new ArrayList<>();
    private long foundBytes;
    private long readBytes;
    private int looked;
    private OptionalLong next = OptionalLong.empty();

    HistorySearch(ConsoleHistoryQuery query, Limits limits, LongSupplier nanos) {
        this.query = query;
        this.limits = limits;
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + limits.nanos();
        this.matcher = query.search().map(ConsoleSearch::matcher).orElse(line -> true);
        this.forward = query.after().isPresent();
    }

    /** Returns the page out of chunks that are in the order of their numbers. */
    ConsoleHistoryPage run(List<? extends HistoryChunk> chunks) throws IOException {
        var order = new ArrayList<HistoryChunk>(chunks);
        if (!forward) {
            Collections.reverse(order);
        }
        boolean goesOn = true;
        for (int i = 0; goesOn && i < order.size(); i++) {
            if (mayHave(order, i)) {
                goesOn = lookThrough(order.get(i).lines());
            }
        }
        if (!forward) {
            Collections.reverse(found);
        }
        return new ConsoleHistoryPage(found, next, oldest(chunks));
    }

    /** The numbers of a chunk lie between its first and that of the following one. */
    private boolean mayHave(List<HistoryChunk> order, int index) {
        if (!forward) {
            return order.get(index).first() < query.before().orElse(Long.MAX_VALUE);
        }
        boolean reached = index + 1 == order.size()
                || order.get(index + 1).first() - 1 > query.after().getAsLong();
        return reached && order.get(index).first() < query.before().orElse(Long.MAX_VALUE);
    }

    private boolean lookThrough(List<HistoryLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(forward ? i : lines.size() - 1 - i);
            if (line.number() > query.after().orElse(-1)
                    && line.number() < query.before().orElse(Long.MAX_VALUE)
                    && !look(line)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether to go on. */
    private boolean look(HistoryLine line) {
        boolean wanted = matcher.test(line.text());
        int bytes = Utf8.length(line.text());
        if (wanted && (found.size() == query.limit() || (foundBytes + bytes > limits.pageBytes() && foundBytes > 0))) {
            next = OptionalLong.of(forward ? line.number() - 1 : line.number() + 1);
            return false;
        }
        if (wanted) {
            found.add(new ConsoleHistoryPage.Line(line.number(), Instant.ofEpochMilli(line.millis()), line.text()));
            foundBytes += bytes;
        }
        readBytes += bytes;
        looked++;
        if (readBytes > limits.readBytes() || overtime(bytes)) {
            next = OptionalLong.of(line.number());
            return false;
        }
        return true;
    }

    private boolean overtime(int bytes) {
        return (looked % CLOCK_LOOKS == 0 || bytes > 1024) && nanos.getAsLong() - deadline > 0;
    }

    private static OptionalLong oldest(List<? extends HistoryChunk> chunks) {
        return chunks.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(chunks.get(0).first());
    }

    /**
     * How much a query may cost.
     *
     * @param pageBytes how much text a page has, if it has more than one line
     * @param readBytes how much text is looked through
     * @param nanos how long it takes
     */
    record Limits(long pageBytes, long readBytes, long nanos) {
        static final Limits USUAL = new Limits(1 << 20, 16 << 20, 1_000_000_000L);
    }
}
