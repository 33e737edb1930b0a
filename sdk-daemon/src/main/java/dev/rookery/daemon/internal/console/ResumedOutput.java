package dev.rookery.daemon.internal.console;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.Output;
import dev.rookery.api.spi.ServerEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes up the output of a container that runs already: attaches and holds back, reads what the engine has stored, and joins both.
 * Immutable.
 */
public final class ResumedOutput {

    /** The live stream may lag behind the log. It never brings what was printed just before it was opened, which is waited for in vain. */
    private static final long CATCH_UP_MILLIS = 3000;

    /** More of a log is not kept in memory at once; the engine's own limit is 5 MiB by default. */
    private static final int STORED_LINES_MAX = 500_000;

    private static final long STORED_BYTES_MAX = 32 << 20;

    private final ServerEnvironment environment;
    private final Clock clock;
    private final int maxLineBytes;

    /** Creates it. */
    public ResumedOutput(ServerEnvironment environment, Clock clock, int maxLineBytes) {
        this.environment = environment;
        this.clock = clock;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Attaches to a running container.
     *
     * @param live has to hold back; is released
     * @param stored hears the stored lines before any live one
     */
    public Attachment attach(String container, LiveOutput live, StoredLines stored, CancelSignal cancel) {
        var asked = clock.instant();
        var attachment = environment.attach(container, live, cancel);
        try {
            int least = readLog(container, Optional.of(asked), cancel).lines().size();
            var log = readLog(container, Optional.empty(), cancel);
            int most = readLog(container, Optional.of(asked), cancel).lines().size();
            // What the log has and the live stream brings later would be told twice.
            var heard = live.held(most, CATCH_UP_MILLIS);
            int overlap = OutputJoin.overlap(log.lines(), heard, least, most);
            live.release(overlap, () -> stored.accept(log.lines(), log.dropped()));
            return attachment;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            attachment.close();
            throw new UnavailableException("interrupted while taking up a container's output", e);
        } catch (RuntimeException e) {
            attachment.close();
            throw e;
        }
    }

    /** Reads what the engine has stored of a container's output. */
    public Log readLog(String container, Optional<Instant> since, CancelSignal cancel) {
        var lines = new ArrayDeque<String>();
        var dropped = new long[1];
        var bytes = new long[1];
        var assembler = new LineAssembler(maxLineBytes, line -> {
            lines.add(line);
            bytes[0] += Utf8.length(line);
            while (lines.size() > STORED_LINES_MAX || bytes[0] > STORED_BYTES_MAX) {
                bytes[0] -= Utf8.length(lines.removeFirst());
                dropped[0]++;
            }
        });
        environment.readLog(
                container,
                since,
                new Output() {
                    @Override
                    public void bytes(byte[] buffer, int length) {
                        assembler.feed(buffer, length);
                    }

                    @Override
                    public void end() {
                        assembler.end();
                    }
                },
                cancel);
        return new Log(new ArrayList<>(lines), dropped[0]);
    }

    /**
     * A container's stored output.
     *
     * @param lines its last lines
     * @param dropped how many came before them
     */
    public record Log(List<String> lines, long dropped) {}

    /** Hears a container's stored output. */
    @FunctionalInterface
    public interface StoredLines {

        /**
         * Hears all of it.
         *
         * @param lines its last lines
         * @param dropped how many came before them
         */
        void accept(List<String> lines, long dropped);
    }
}
