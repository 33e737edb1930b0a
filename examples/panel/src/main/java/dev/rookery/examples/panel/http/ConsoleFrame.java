package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.panel.BrowserEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The console's events as frames for the browser. */
final class ConsoleFrame {

    private ConsoleFrame() {}

    /** Returns the frame of an event; empty if the UI has no use for it. */
    static Optional<Object> of(BrowserEvent event) {
        if (event instanceof BrowserEvent.Told told) {
            return told(told.event());
        }
        if (event instanceof BrowserEvent.NodeConnection node) {
            return Optional.of(Map.of("type", "node", "connected", node.connected()));
        }
        if (event instanceof BrowserEvent.Connected connected) {
            return Optional.of(Map.of(
                    "type", "connected", "permissions", connected.permissions().toList()));
        }
        return Optional.empty();
    }

    private static Optional<Object> told(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Output output) {
            var frame = new HashMap<String, Object>();
            frame.put("type", "output");
            frame.put("line", output.line());
            frame.put("number", output.number().isPresent() ? output.number().getAsLong() : null);
            return Optional.of(frame);
        }
        if (event instanceof ConsoleEvent.Stats stats) {
            return Optional.of(new StatsFrame("stats", ServerView.Usage.of(stats.usage())));
        }
        if (event instanceof ConsoleEvent.Status status) {
            return Optional.of(Map.of("type", "status", "state", status.state().wireName()));
        }
        if (event instanceof ConsoleEvent.Gap gap) {
            return Optional.of(Map.of("type", "gap", "from", gap.from(), "to", gap.to()));
        }
        if (event instanceof ConsoleEvent.InstallOutput install) {
            return Optional.of(Map.of("type", "install-output", "line", install.line()));
        }
        if (event instanceof ConsoleEvent.InstallStarted) {
            return Optional.of(Map.of("type", "install", "phase", "started"));
        }
        if (event instanceof ConsoleEvent.InstallCompleted) {
            return Optional.of(Map.of("type", "install", "phase", "completed"));
        }
        if (event instanceof ConsoleEvent.DaemonMessage message) {
            return Optional.of(text("daemon", message.text()));
        }
        if (event instanceof ConsoleEvent.DaemonError error) {
            return Optional.of(text("error", error.text()));
        }
        if (event instanceof ConsoleEvent.Deleted) {
            return Optional.of(Map.of("type", "deleted"));
        }
        return Optional.empty();
    }

    private static Map<String, String> text(String type, String text) {
        return Map.of("type", type, "text", text);
    }

    record StatsFrame(
            String type,
            @JsonUnwrapped ServerView.Usage usage) {}
}
