package dev.rookery.api.dialect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.util.List;

/**
 * The frames of the console socket. What they mean is {@link EventDialect}'s concern. Source: node API §4.2 and §4.3.
 *
 * <p>Our extension, only ever used after the client has sent {@link #RESUME}: {@code console output} carries the line's number as
 * second argument, {@link #GAP} announces numbers that will not come, and {@link #FILE_JOB} tells of jobs with files.
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
    /** Outbound, ours: a job with files, as JSON. */
    public static final String FILE_JOB = "rookery file job";

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
            for (var arg : args) {
                if (arg == null) {
                    return args.stream().map(each -> each == null ? "" : each).toList();
                }
            }
            return List.copyOf(args);
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

            @JsonProperty("args") @JsonInclude(JsonInclude.Include.ALWAYS)
            List<String> args) {}
}
