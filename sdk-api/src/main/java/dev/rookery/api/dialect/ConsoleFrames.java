package dev.rookery.api.dialect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The frames of the console socket. Source: node API §4.2 to §4.6.
 *
 * <p>Our extension, only ever used after the client has sent {@link #RESUME}: {@code console output} carries the line's number as
 * second argument, and {@link #GAP} announces numbers that will not come.
 */
public final class ConsoleFrames {

    /** Inbound: the token. */
    public static final String AUTH = "auth";
    /** Inbound: a power action. */
    public static final String SET_STATE = "set state";
    /** Inbound: a line for the process. */
    public static final String SEND_COMMAND = "send command";
    /** Inbound: asks for the last lines. */
    public static final String SEND_LOGS = "send logs";
    /** Inbound: asks for one {@code stats} frame. */
    public static final String SEND_STATS = "send stats";
    /** Inbound, ours: number the lines, beginning after the number in the argument; without argument begin live. */
    public static final String RESUME = "rookery resume";
    /** Outbound, ours: the first and the last missing number. */
    public static final String GAP = "rookery gap";

    private ConsoleFrames() {}

    /**
     * A frame as it travels.
     *
     * @param event its name
     * @param args its arguments, texts only; structured ones are JSON inside a text
     */
    public record Frame(
            @JsonProperty("event") String event,

            @JsonProperty("args") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> args) {

        /** Replaces absent arguments by none and null ones by empty texts. */
        public Frame {
            if (event == null) {
                throw new InvalidInputException("frame without 'event' (expected: {\"event\":\"...\",\"args\":[...]})");
            }
            args = args == null ? List.of() : withoutNulls(args);
        }

        private static List<String> withoutNulls(List<String> args) {
            // List.copyOf keeps an immutable list as it is, and throws on a null.
            return args.stream().anyMatch(Objects::isNull)
                    ? args.stream().map(arg -> arg == null ? "" : arg).toList()
                    : List.copyOf(args);
        }

        /** Returns a frame with the given arguments. */
        public static Frame of(String event, String... args) {
            return new Frame(event, List.of(args));
        }

        /** Returns all arguments joined into one text, as the daemons read inbound frames. */
        public String text() {
            return String.join("", args);
        }
    }

    /**
     * Reads a frame.
     *
     * @throws InvalidInputException if it is none
     */
    public static Frame read(String text) {
        return FrameParser.parse(text);
    }

    /**
     * Reads the event of an outbound frame; one that is not understood becomes {@link ConsoleEvent.Unknown}.
     *
     * @throws InvalidInputException if the text is no frame
     */
    public static ConsoleEvent readEvent(String text) {
        return event(FrameParser.parse(text));
    }

    /** Writes a frame; no arguments are left out. */
    public static String write(Frame frame) {
        return WireJson.writeText(frame);
    }

    /** Writes a frame for a node; no arguments are an empty list, because Calagopus refuses a frame without. */
    public static String writeInbound(Frame frame) {
        return WireJson.writeText(new Inbound(frame.event(), frame.args()));
    }

    private record Inbound(
            @JsonProperty("event") String event,

            @JsonProperty("args") @JsonInclude(JsonInclude.Include.ALWAYS) List<String> args) {}

    /**
     * Returns the frame of an event.
     *
     * @param numbered whether the client has asked for numbers
     */
    public static Frame of(ConsoleEvent event, boolean numbered) {
        if (event instanceof ConsoleEvent.Output output) {
            return numbered && output.number().isPresent()
                    ? Frame.of(
                            "console output",
                            output.line(),
                            Long.toString(output.number().getAsLong()))
                    : Frame.of("console output", output.line());
        }
        if (event instanceof ConsoleEvent.Stats stats) {
            return Frame.of("stats", WireJson.writeText(stats.usage()));
        }
        if (event instanceof ConsoleEvent.Status status) {
            return Frame.of("status", status.state().wireName());
        }
        if (event instanceof ConsoleEvent.Gap gap) {
            return Frame.of(GAP, Long.toString(gap.from()), Long.toString(gap.to()));
        }
        if (event instanceof ConsoleEvent.InstallOutput install) {
            return Frame.of("install output", install.line());
        }
        if (event instanceof ConsoleEvent.DaemonMessage message) {
            return Frame.of("daemon message", message.text());
        }
        if (event instanceof ConsoleEvent.DaemonError error) {
            return Frame.of("daemon error", error.text());
        }
        if (event instanceof ConsoleEvent.AuthorityLost lost) {
            return Frame.of("jwt error", lost.text());
        }
        if (event instanceof ConsoleEvent.Unknown unknown) {
            return new Frame(unknown.name(), unknown.args());
        }
        if (event instanceof ConsoleEvent.InstallStarted) {
            return Frame.of("install started", "");
        }
        if (event instanceof ConsoleEvent.InstallCompleted) {
            return Frame.of("install completed", "");
        }
        if (event instanceof ConsoleEvent.AuthorityExpiring) {
            return Frame.of("token expiring");
        }
        if (event instanceof ConsoleEvent.Deleted) {
            return Frame.of("deleted", "null");
        }
        return Frame.of("auth success");
    }

    /** Returns the event of an outbound frame; one that is not understood becomes {@link ConsoleEvent.Unknown}. */
    public static ConsoleEvent event(Frame frame) {
        try {
            return understood(frame);
        } catch (InvalidInputException | NumberFormatException e) {
            return new ConsoleEvent.Unknown(frame.event(), frame.args());
        }
    }

    private static ConsoleEvent understood(Frame frame) {
        var first = frame.args().isEmpty() ? "" : frame.args().get(0);
        return switch (frame.event()) {
            case "auth success" -> new ConsoleEvent.Connected();
            case "status" -> new ConsoleEvent.Status(ServerState.parse(first));
            case "stats" -> new ConsoleEvent.Stats(WireJson.read(first, ResourceUsage.class));
            case "console output" -> new ConsoleEvent.Output(first, number(frame));
            case "install output" -> new ConsoleEvent.InstallOutput(first);
            case "install started" -> new ConsoleEvent.InstallStarted();
            case "install completed" -> new ConsoleEvent.InstallCompleted();
            case "daemon message" -> new ConsoleEvent.DaemonMessage(first);
            case "daemon error" -> new ConsoleEvent.DaemonError(first);
            case "jwt error" -> new ConsoleEvent.AuthorityLost(first);
            case "token expired" -> new ConsoleEvent.AuthorityLost("token expired");
            case "token expiring" -> new ConsoleEvent.AuthorityExpiring();
            case "deleted" -> new ConsoleEvent.Deleted();
            case GAP -> gap(frame);
            default -> new ConsoleEvent.Unknown(frame.event(), frame.args());
        };
    }

    private static ConsoleEvent gap(Frame frame) {
        if (frame.args().size() < 2) {
            throw new InvalidInputException(GAP + ": " + frame.args().size() + " arguments (expected: 2)");
        }
        return new ConsoleEvent.Gap(
                Long.parseLong(frame.args().get(0)), Long.parseLong(frame.args().get(1)));
    }

    private static OptionalLong number(Frame frame) {
        return frame.args().size() < 2
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(frame.args().get(1)));
    }
}
