package dev.rookery.panel;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ResourceUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON that a browser at a console speaks, one object with a {@code type} in each text frame. */
public final class BrowserFrames {

    /** The longest frame that is read, in characters. */
    public static final int MAX_LENGTH = 8192;

    private BrowserFrames() {}

    /** Something a browser asks for. */
    public sealed interface Request {}

    /**
     * A line for the process.
     *
     * @param line without line end
     */
    public record Command(String line) implements Request {}

    /**
     * A power action.
     *
     * @param action which one
     */
    public record Power(PowerAction action) implements Request {}

    /** Keeps the connection open. */
    public record Ping() implements Request {}

    private record Inbound(
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("line") @Nullable String line,
            @JsonProperty("action") @Nullable String action) {}

    /**
     * Reads what a browser sent.
     *
     * @throws InvalidInputException if it is too long or none of the above
     */
    public static Request read(String frame) {
        if (frame.length() > MAX_LENGTH) {
            throw new InvalidInputException(
                    "frame of " + frame.length() + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        var inbound = WireJson.read(frame, Inbound.class);
        var type = inbound.type() == null ? "" : inbound.type();
        return switch (type) {
            case "command" -> new Command(line(inbound.line()));
            case "power" -> new Power(PowerAction.parse(inbound.action() == null ? "" : inbound.action()));
            case "ping" -> new Ping();
            default -> throw new InvalidInputException("frame type: '" + type + "' (expected: command, power or ping)");
        };
    }

    /** Writes what a browser is told. */
    public static String write(BrowserEvent event) {
        return WireJson.writeText(frame(event));
    }

    private static String line(@Nullable String line) {
        if (line == null || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new InvalidInputException("line (expected: one line without line end)");
        }
        return line;
    }

    private static Map<String, Object> frame(BrowserEvent event) {
        if (event instanceof BrowserEvent.Connected connected) {
            return with("connected", "permissions", connected.permissions().toList());
        }
        if (event instanceof BrowserEvent.NodeConnection node) {
            var frame = with("node", "connected", node.connected());
            node.reason().ifPresent(reason -> frame.put("reason", reason));
            return frame;
        }
        if (event instanceof BrowserEvent.Refused refused) {
            return with("error", "text", refused.text());
        }
        return told(((BrowserEvent.Told) event).event());
    }

    private static Map<String, Object> told(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Output output) {
            var frame = with("output", "line", output.line());
            output.number().ifPresent(number -> frame.put("number", number));
            return frame;
        }
        if (event instanceof ConsoleEvent.Status status) {
            return with("status", "state", status.state().wireName());
        }
        if (event instanceof ConsoleEvent.Stats stats) {
            return stats(stats.usage());
        }
        if (event instanceof ConsoleEvent.Gap gap) {
            var frame = with("gap", "from", gap.from());
            frame.put("to", gap.to());
            return frame;
        }
        if (event instanceof ConsoleEvent.InstallOutput install) {
            return with("install-output", "line", install.line());
        }
        if (event instanceof ConsoleEvent.DaemonMessage message) {
            return with("daemon", "text", message.text());
        }
        if (event instanceof ConsoleEvent.DaemonError error) {
            return with("error", "text", error.text());
        }
        if (event instanceof ConsoleEvent.InstallStarted) {
            return with("install", "phase", "started");
        }
        if (event instanceof ConsoleEvent.InstallCompleted) {
            return with("install", "phase", "completed");
        }
        if (event instanceof ConsoleEvent.FeatureMatch match) {
            return with("feature", "key", match.key());
        }
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", event instanceof ConsoleEvent.Deleted ? "deleted" : "unknown");
        return frame;
    }

    private static Map<String, Object> stats(ResourceUsage usage) {
        var frame = with("stats", "memoryBytes", usage.memoryBytes());
        frame.put("memoryLimitBytes", usage.memoryLimitBytes());
        frame.put("cpuPercent", usage.cpuAbsolute());
        frame.put("diskBytes", usage.diskBytes());
        frame.put("rxBytes", usage.network().rxBytes());
        frame.put("txBytes", usage.network().txBytes());
        frame.put("uptimeMillis", usage.uptimeMillis());
        return frame;
    }

    private static Map<String, Object> with(String type, String name, Object value) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", type);
        frame.put(name, value);
        return frame;
    }
}
