package dev.rookery.daemon.internal.console;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.daemon.ConsoleLogOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one server says, and to whom. Thread-safe. */
public final class ServerConsole {

    /** How many of the last lines are stored, to find their numbers again after a restart. */
    private static final int TAIL_LINES = 50;

    private final ConsoleLog log;
    private final ConsoleHistory history;
    private final Set<ConsoleFeed> feeds = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean changed = new AtomicBoolean();

    /** Creates the console of a server, whose lines are numbered on from those that are stored. */
    public ServerConsole(ServerId id, ConsoleLogOptions options, Clock clock, HistoryWriter writer) {
        this.log = new ConsoleLog(options, clock);
        this.history = writer.open(id, log);
        log.skipTo(history.lastNumber());
    }

    /** Returns the log that feeds read. */
    public ConsoleLog log() {
        return log;
    }

    /** Returns what was printed, also before the log begins. */
    public ConsoleHistory history() {
        return history;
    }

    /** Returns the last lines known, given those that were stored with the server. */
    public List<NumberedLine> known(List<NumberedLine> stored) {
        return history.newest(stored, TAIL_LINES);
    }

    /** Adds a listener's feed. */
    public void add(ConsoleFeed feed) {
        feeds.add(feed);
    }

    /** Removes a listener's feed. */
    public void remove(ConsoleFeed feed) {
        feeds.remove(feed);
    }

    /** Returns the last lines that the process printed. */
    public List<String> lastLines(int count) {
        return log.tail(count).stream().map(NumberedLine::text).toList();
    }

    /** Appends a line that the process printed. */
    public void line(String text) {
        log.appendLine(text);
        changed.set(true);
    }

    /** Appends what the daemon has to say. */
    public void say(String text) {
        log.append(new ConsoleEvent.DaemonMessage(text), Utf8.length(text));
    }

    /** Appends a line of the installer. */
    public void installOutput(String line) {
        log.append(new ConsoleEvent.InstallOutput(line), Utf8.length(line));
    }

    /** Appends an event that listeners hear in its place among the lines. */
    public void event(ConsoleEvent event) {
        log.append(event, 0);
    }

    /** Tells listeners figures; only the newest count. */
    public void stats(ConsoleEvent event) {
        feeds.forEach(feed -> feed.tellStats(event));
    }

    /** Tells listeners how far a job with files is. */
    public void job(ConsoleEvent.FileJobChanged event) {
        feeds.forEach(feed -> feed.tellJob(event));
    }

    /** Closes every feed. */
    public void close(String reason) {
        feeds.forEach(feed -> feed.close(reason));
    }

    /** Ends every feed with a last event; told to each alone, since a feed that is closed reads no further in the log. */
    public void end(ConsoleEvent last, String reason) {
        feeds.forEach(feed -> {
            feed.tell(last);
            feed.close(reason);
        });
    }

    /** Takes the stored lines of a container whose first one followed {@code base}. */
    public void takeStored(List<String> lines, long dropped, long base, List<NumberedLine> known) {
        long number = OutputJoin.firstNumber(lines, dropped, base, known);
        var numbered = new ArrayList<NumberedLine>(lines.size());
        for (var line : lines) {
            numbered.add(new NumberedLine(number, line));
            number++;
        }
        long first = numbered.isEmpty() ? Long.MAX_VALUE : numbered.get(0).number();
        var all = new ArrayList<>(
                known.stream().filter(line -> line.number() < first).toList());
        all.addAll(numbered);
        // The log may hold less than was printed meanwhile.
        history.takeBack(numbered);
        log.restore(all);
        changed.set(true);
    }

    /** Returns the last lines if there are new ones since the last time. */
    public Optional<List<NumberedLine>> changedTail() {
        return changed.getAndSet(false) ? Optional.of(log.tail(TAIL_LINES)) : Optional.empty();
    }

    /** Returns the last lines. */
    public List<NumberedLine> tail() {
        return log.tail(TAIL_LINES);
    }
}
