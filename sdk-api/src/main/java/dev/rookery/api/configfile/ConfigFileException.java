package dev.rookery.api.configfile;

import dev.rookery.api.Incubating;
import dev.rookery.api.RookeryException;
import java.util.OptionalInt;

/** Thrown when a file cannot be edited at all. It has not been changed. The message says where, and quotes nothing of the file. */
@Incubating
public final class ConfigFileException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    ConfigFileException(String message) {
        this(message, 0, 0);
    }

    /**
     * Creates the exception.
     *
     * @param line from 1; 0 if it is no place
     * @param column from 1; 0 if it is no place
     */
    ConfigFileException(String message, int line, int column) {
        super(line > 0 ? "line " + line + ", column " + column + ": " + message : message, null, null);
        this.line = line;
        this.column = column;
    }

    /** Returns the exception for a place in a text. */
    static ConfigFileException at(String text, int offset, String message) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(offset, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new ConfigFileException(message, line, end - lineStart + 1);
    }

    /** Returns the line in which the file is broken, from 1; empty if it is no matter of a place. */
    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }

    /** Returns where in the line, from 1; empty if it is no matter of a place. */
    public OptionalInt column() {
        return line > 0 ? OptionalInt.of(column) : OptionalInt.empty();
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
