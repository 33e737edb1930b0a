package dev.rookery.daemon.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a configuration cannot be used. The message is one line that names the file, the place in it, what was found and what was
 * expected; it never holds a secret.
 */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String key;
    private final int line;

    ConfigException(String message, @Nullable String key, int line, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
        this.line = line;
    }

    /** Returns the key in question, its parts joined by dots; empty if it is the file as a whole. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** Returns the line in the file, from 1; 0 if there is none. */
    public int line() {
        return line;
    }
}
