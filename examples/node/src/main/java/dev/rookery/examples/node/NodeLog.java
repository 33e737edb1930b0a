package dev.rookery.examples.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import dev.rookery.daemon.DaemonLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program's log: on standard output as text or JSON, and its last lines in memory for reports. Thread-safe. */
final class NodeLog implements DaemonLog {

    private static final String OURS = "dev.rookery";
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} %msg%n%ex{3}";
    private static final int MAX_LINES = 500;
    private static final int MAX_LINE_CHARS = 4096;
    /** Longer than any token. */
    private static final int MAX_WORD_CHARS = 2048;

    private final Deque<String> lines = new ArrayDeque<>();
    private final ch.qos.logback.classic.Logger ours;
    /** What the program's configuration says of our own log; null if it says nothing. */
    private final @Nullable Level configured;

    private NodeLog(LoggerContext context) {
        this.ours = context.getLogger(OURS);
        this.configured = ours.getLevel();
    }

    /**
     * Begins to keep the last lines.
     *
     * @param format how standard output is written
     */
    static NodeLog install(Format format) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var log = new NodeLog(context);
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (format == Format.JSON) {
            root.iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof ConsoleAppender<ILoggingEvent> out) {
                    writeJson(out, context);
                }
            });
        }
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(PATTERN);
        layout.start();
        var keeper = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                log.keep(layout.doLayout(event).stripTrailing());
            }
        };
        keeper.setContext(context);
        keeper.start();
        root.addAppender(keeper);
        return log;
    }

    private static void writeJson(ConsoleAppender<ILoggingEvent> out, LoggerContext context) {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithContext(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.start();
        out.stop();
        out.setEncoder(encoder);
        out.start();
    }

    @Override
    public List<String> lastLines(int count) {
        synchronized (lines) {
            var all = new ArrayList<>(lines);
            return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
        }
    }

    @Override
    public void debug(boolean on) {
        ours.setLevel(on ? Level.DEBUG : configured);
    }

    private void keep(String text) {
        synchronized (lines) {
            for (var line : text.lines().toList()) {
                lines.add(bounded(line));
                if (lines.size() > MAX_LINES) {
                    lines.remove();
                }
            }
        }
    }

    /** Cut between words where it can be: half of a secret would not be known for one when a report is cleaned. */
    private static String bounded(String line) {
        if (line.length() <= MAX_LINE_CHARS) {
            return line;
        }
        int blank = line.lastIndexOf(' ', MAX_LINE_CHARS);
        return line.substring(0, Math.max(blank, MAX_LINE_CHARS - MAX_WORD_CHARS)) + "...";
    }

    /** How the log is written to standard output. */
    enum Format {
        /** A line for people. */
        TEXT,
        /** A JSON object per line, for collectors. */
        JSON
    }
}
