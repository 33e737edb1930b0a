package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rookery.api.InvalidInputException;

/**
 * Where a secret is; a document never holds the secret itself.
 *
 * @param kind what holds it
 * @param name of the variable, the file or the key
 */
public record SecretRef(Kind kind, String name) {

    /** Checks its arguments. */
    public SecretRef {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        if (name.isEmpty()) {
            throw new InvalidInputException("secret: no name (expected: env:NAME, file:PATH or vault:KEY)");
        }
    }

    /**
     * Reads {@code env:NAME}, {@code file:PATH} or {@code vault:KEY}.
     *
     * @throws InvalidInputException if it is none of these; the message does not say what was given, which may be a secret
     */
    @JsonCreator
    public static SecretRef parse(String text) {
        for (var kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return new SecretRef(kind, text.substring(kind.prefix.length()));
            }
        }
        throw new InvalidInputException("secret: given itself (expected: env:NAME, file:PATH or vault:KEY)");
    }

    @Override
    @JsonValue
    public String toString() {
        return kind.prefix + name;
    }

    /** What holds secrets. */
    public enum Kind {
        /** A variable of the engine's environment. */
        ENV("env:"),
        /** A file on the engine's machine. */
        FILE("file:"),
        /** Whoever embeds this. */
        VAULT("vault:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }
}
