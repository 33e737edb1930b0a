package dev.rookery.api.panel;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server's process starts, stops and is configured. Source: panel remote API §6.
 *
 * @param startup how to tell that it has started
 * @param stop how to end it
 * @param configs files to edit before each start
 * @param further what only some panels send; kept as it is
 */
public record ProcessConfiguration(
        @JsonProperty("startup") Startup startup,
        @JsonProperty("stop") Stop stop,
        @JsonProperty("configs") List<ConfigFile> configs,
        @JsonAnySetter @JsonAnyGetter Map<String, Json> further) {

    /** Fills in what the panel left out. */
    public ProcessConfiguration {
        startup = startup == null ? new Startup(List.of(), List.of(), false) : startup;
        stop = stop == null ? new Stop(Stop.NATIVE, "") : stop;
        configs = configs == null ? List.of() : List.copyOf(configs);
        further = Further.copy(further);
    }

    /** Creates a configuration with nothing but what every panel sends. */
    public ProcessConfiguration(Startup startup, Stop stop, List<ConfigFile> configs) {
        this(startup, stop, configs, Map.of());
    }

    /**
     * How to tell that a server has started.
     *
     * @param done texts of which any one, found in a console line, says so; with the prefix {@code regex:} a regular expression
     * @param userInteraction unused by every daemon; kept because the protocol has it
     * @param stripAnsi whether to remove ANSI sequences before looking
     */
    public record Startup(
            @JsonProperty("done") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> done,

            @JsonProperty("user_interaction") List<Json> userInteraction,
            @JsonProperty("strip_ansi") boolean stripAnsi) {

        /** Copies the lists. */
        public Startup {
            done = done == null ? List.of() : List.copyOf(done);
            userInteraction = userInteraction == null ? List.of() : List.copyOf(userInteraction);
        }
    }

    /**
     * How to end a server's process. Source: panel remote API §6.
     *
     * @param type {@link #COMMAND}, {@link #SIGNAL} or {@link #NATIVE}
     * @param value the command, or the name of the signal
     */
    public record Stop(
            @JsonProperty("type") String type,
            @JsonProperty("value") String value) {

        /** Type a command into the console. */
        public static final String COMMAND = "command";
        /** Send a signal. */
        public static final String SIGNAL = "signal";
        /** Let the container engine stop it with the image's own signal. */
        public static final String NATIVE = "stop";

        /** Fills in what the panel left out. */
        public Stop {
            type = type == null || type.isEmpty() ? NATIVE : type;
            value = value == null ? "" : value;
        }
    }

    /**
     * A file to edit before each start.
     *
     * @param file path below the server's root
     * @param parser which editor, such as {@code properties}
     * @param replace what to set
     * @param createFile whether to create the file if it is missing; empty means yes
     * @param further the other keys of the egg's entry, which panels pass on; kept as they are
     */
    public record ConfigFile(
            @JsonProperty("file") String file,
            @JsonProperty("parser") String parser,
            @JsonProperty("replace") List<Replacement> replace,
            @JsonProperty("create_file") Optional<Boolean> createFile,
            @JsonAnySetter @JsonAnyGetter Map<String, Json> further) {

        /** Fills in what the panel left out. */
        public ConfigFile {
            replace = replace == null ? List.of() : List.copyOf(replace);
            createFile = createFile == null ? Optional.empty() : createFile;
            further = Further.copy(further);
        }

        /** Creates an entry with nothing but what every panel sends. */
        public ConfigFile(String file, String parser, List<Replacement> replace, Optional<Boolean> createFile) {
            this(file, parser, replace, createFile, Map.of());
        }
    }

    /**
     * One value to set in a file.
     *
     * @param match the key or path
     * @param ifValue replace only this present value; empty means any
     * @param replaceWith the new value
     * @param further what only some panels send, such as Calagopus' {@code insert_new}; kept as it is
     */
    public record Replacement(
            @JsonProperty("match") String match,
            @JsonProperty("if_value") Optional<String> ifValue,
            @JsonProperty("replace_with") Json replaceWith,
            @JsonAnySetter @JsonAnyGetter Map<String, Json> further) {

        /** Fills in what the panel left out. */
        public Replacement {
            ifValue = ifValue == null ? Optional.empty() : ifValue;
            replaceWith = replaceWith == null ? Json.Null.INSTANCE : replaceWith;
            further = Further.copy(further);
        }

        /** Creates a replacement with nothing but what every panel sends. */
        public Replacement(String match, Optional<String> ifValue, Json replaceWith) {
            this(match, ifValue, replaceWith, Map.of());
        }
    }
}
