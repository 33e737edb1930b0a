package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permission;
import java.util.List;

/** What a task does. Each kind has the name and the payload that panels know it by. Source: panel API §7. */
public sealed interface TaskAction {

    /** The longest payload, in characters. */
    int MAX_PAYLOAD = 4096;

    /**
     * Reads the form of panels.
     *
     * @param name {@code command}, {@code power}, {@code backup} or {@code delete_files}
     * @param payload the line, the power action, the patterns or the files, the last two one a line
     * @throws InvalidInputException if it is none
     */
    static TaskAction of(String name, String payload) {
        if (payload.length() > MAX_PAYLOAD) {
            throw new InvalidInputException(
                    "payload: " + payload.length() + " characters (expected: at most " + MAX_PAYLOAD + ")");
        }
        return switch (name) {
            case "command" -> new Command(payload);
            case "power" -> new Power(PowerAction.parse(payload));
            case "backup" -> new Backup(lines(payload));
            case "delete_files" -> new DeleteFiles(lines(payload));
            default ->
                throw new InvalidInputException(
                        "action: '" + name + "' (expected: command, power, backup or delete_files)");
        };
    }

    /** Returns the kind's name. */
    String name();

    /** Returns what it is done with, as text. */
    String payload();

    /** Returns what a user needs to have this done, now or at some time. */
    Permission permission();

    /** Returns whether doing it twice is as good as once, so that it can be done again when nobody knows whether it was. */
    boolean repeatable();

    /**
     * Sends a line to the process.
     *
     * @param line without line ends
     */
    record Command(String line) implements TaskAction {

        /** Checks its argument. */
        public Command {
            requireNonNull(line, "line");
            if (line.isBlank() || line.length() > MAX_PAYLOAD || line.chars().anyMatch(c -> c == '\n' || c == '\r')) {
                throw new InvalidInputException(
                        "command: '" + line + "' (expected: one line of 1 to " + MAX_PAYLOAD + " characters)");
            }
        }

        @Override
        public String name() {
            return "command";
        }

        @Override
        public String payload() {
            return line;
        }

        @Override
        public Permission permission() {
            return Permission.CONSOLE;
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /**
     * Starts, stops, restarts or kills.
     *
     * @param action which of them
     */
    record Power(PowerAction action) implements TaskAction {

        /** Checks its argument. */
        public Power {
            requireNonNull(action, "action");
        }

        @Override
        public String name() {
            return "power";
        }

        @Override
        public String payload() {
            return action.wireName();
        }

        @Override
        public Permission permission() {
            return action.permission();
        }

        @Override
        public boolean repeatable() {
            return action != PowerAction.RESTART;
        }
    }

    /**
     * Makes a backup. The task is done once it has begun.
     *
     * @param ignoredFiles gitignore patterns of what to leave out
     */
    record Backup(List<String> ignoredFiles) implements TaskAction {

        /** Copies the list. */
        public Backup {
            ignoredFiles = List.copyOf(ignoredFiles);
        }

        @Override
        public String name() {
            return "backup";
        }

        @Override
        public String payload() {
            return String.join("\n", ignoredFiles);
        }

        @Override
        public Permission permission() {
            return Permission.BACKUP_CREATE;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /**
     * Deletes files, and directories with all that is in them. One that is missing is fine.
     *
     * @param files paths relative to the server's root, at least one
     */
    record DeleteFiles(List<String> files) implements TaskAction {

        /** Copies the list. */
        public DeleteFiles {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new InvalidInputException("files: none (expected: at least one)");
            }
        }

        @Override
        public String name() {
            return "delete_files";
        }

        @Override
        public String payload() {
            return String.join("\n", files);
        }

        @Override
        public Permission permission() {
            return Permission.FILE_DELETE;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
