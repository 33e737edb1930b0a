package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import java.util.List;
import java.util.Map;

/**
 * How an egg's process is configured, started and stopped. Source: eggs §4.
 *
 * @param files the file to edit before each start, by path below the server's root
 * @param startup how to tell that the process has started
 * @param logs kept for the writer; no daemon reads it
 * @param stop how to end the process, as the egg writes it: {@link #stopAction()} is what it means
 */
public record EggConfig(Map<String, File> files, Startup startup, Json logs, String stop) {

    /** Copies the map. */
    public EggConfig {
        files = Egg.ordered(files);
        requireNonNull(startup, "startup");
        requireNonNull(logs, "logs");
        requireNonNull(stop, "stop");
    }

    /** Returns how to end the process. */
    public StopAction stopAction() {
        return StopAction.parse(stop);
    }

    /**
     * A file to edit.
     *
     * @param parser which editor: {@code file}, {@code properties}, {@code ini}, {@code json}, {@code yaml}, {@code yml}, {@code xml} or
     *     {@code toml}
     * @param find the new value by key; an object stands for "replace this present value by that new one"
     * @param extras members that this model has no place for, and {@code create_file}
     */
    public record File(String parser, Map<String, Json> find, Map<String, Json> extras) {

        /** Copies the maps. */
        public File {
            requireNonNull(parser, "parser");
            find = Egg.ordered(find);
            extras = Egg.ordered(extras);
        }
    }

    /**
     * How to tell that a process has started.
     *
     * @param done texts of which any one, found in a console line, says so; blanks at the edges count
     * @param stripAnsi whether to remove ANSI sequences before looking
     * @param extras members that this model has no place for
     */
    public record Startup(List<String> done, boolean stripAnsi, Map<String, Json> extras) {

        /** Copies the collections. */
        public Startup {
            done = List.copyOf(done);
            extras = Egg.ordered(extras);
        }
    }
}
