package dev.rookery.api.config;

import dev.rookery.api.RookeryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a configuration cannot be used: whoever wrote it has to change it. The message is one line that names the document, the place
 * in it, what was found and what was expected; it never holds a secret.
 */
public final class ConfigurationException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String key;
    private final int line;
    private final int column;

    /**
     * Creates the exception for a document without a place in it.
     *
     * @param message what was wrong and what was expected
     * @param key the key in question, its parts joined by dots; {@code null} if it is the document as a whole
     * @param cause the reason, if another exception is one
     */
    public ConfigurationException(String message, @Nullable String key, @Nullable Throwable cause) {
        this(message, key, 0, 0, cause);
    }

    /**
     * Creates the exception for a place in a document.
     *
     * @param message what was wrong and what was expected
     * @param key the key in question, its parts joined by dots; {@code null} if it is the document as a whole
     * @param line the line in the document, from 1
     * @param column the column in the line, from 1
     * @param cause the reason, if another exception is one
     */
    public ConfigurationException(
            String message, @Nullable String key, int line, int column, @Nullable Throwable cause) {
        super(message, cause, null);
        this.key = key;
        this.line = line;
        this.column = column;
    }

    /** Returns the key in question, its parts joined by dots; empty if it is the document as a whole. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** Returns the line in the document, from 1; 0 if there is none. */
    public int line() {
        return line;
    }

    /** Returns the column in the line, from 1; 0 if there is none. */
    public int column() {
        return column;
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
