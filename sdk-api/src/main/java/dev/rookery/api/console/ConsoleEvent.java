package dev.rookery.api.console;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import java.util.List;
import java.util.OptionalLong;

/** Something a console tells. Source for the wire form of each: node API §4.6. */
public sealed interface ConsoleEvent {

    /** The node accepted who we are; live events follow. */
    record Connected() implements ConsoleEvent {}

    /**
     * The power state changed, or is told for the first time.
     *
     * @param state the state now
     */
    record Status(ServerState state) implements ConsoleEvent {
        /** Checks its argument. */
        public Status {
            requireNonNull(state, "state");
        }
    }

    /**
     * What the server uses, about once a second while it runs.
     *
     * @param usage the figures
     */
    record Stats(ResourceUsage usage) implements ConsoleEvent {}

    /**
     * A line that the process printed.
     *
     * @param line without line end, ANSI sequences kept
     * @param number position in the server's numbered log, from 1, never reused; empty if the node does not number its lines, and for
     *     lines that the daemon wrote itself
     */
    record Output(String line, OptionalLong number) implements ConsoleEvent {}

    /**
     * Numbered lines that will not be delivered here: this listener was too slow, or they are no longer stored.
     *
     * @param from the first missing number
     * @param to the last missing number
     */
    record Gap(long from, long to) implements ConsoleEvent {}

    /**
     * A line of the install script, or of an image pull.
     *
     * @param line without line end
     */
    record InstallOutput(String line) implements ConsoleEvent {}

    /** An installation began. */
    record InstallStarted() implements ConsoleEvent {}

    /** An installation ended; whether well, the panel is told. */
    record InstallCompleted() implements ConsoleEvent {}

    /**
     * The daemon says something about the server.
     *
     * @param text for people
     */
    record DaemonMessage(String text) implements ConsoleEvent {}

    /**
     * Something this console asked for was refused or failed.
     *
     * @param text for people
     */
    record DaemonError(String text) implements ConsoleEvent {}

    /** The authority of this console ends within a minute. */
    record AuthorityExpiring() implements ConsoleEvent {}

    /**
     * The authority of this console has ended, or was not accepted.
     *
     * @param text for people
     */
    record AuthorityLost(String text) implements ConsoleEvent {}

    /** The server was removed from the node. */
    record Deleted() implements ConsoleEvent {}

    /**
     * An event that this version does not know.
     *
     * @param name the event's name on the wire
     * @param args its arguments
     */
    record Unknown(String name, List<String> args) implements ConsoleEvent {
        /** Copies the list. */
        public Unknown {
            args = List.copyOf(args);
        }
    }
}
