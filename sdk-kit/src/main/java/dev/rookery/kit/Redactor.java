package dev.rookery.kit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes known secrets out of texts that leave the program: messages, logs, reports. Thread-safe.
 */
public final class Redactor {

    /** What stands in place of a secret. */
    public static final String PLACEHOLDER = "[redacted]";

    /** Shorter texts are no secrets: removing them would tear holes into everything. */
    public static final int SECRET_MIN_LENGTH = 8;

    private final Object lock = new Object();
    private volatile List<String> secrets = List.of();

    private Redactor() {}

    /**
     * Returns a redactor that knows the given secrets.
     *
     * @param secrets those shorter than {@link #SECRET_MIN_LENGTH} are ignored
     */
    public static Redactor of(String... secrets) {
        var redactor = new Redactor();
        for (var secret : secrets) {
            redactor.add(secret);
        }
        return redactor;
    }

    /**
     * Learns one more secret.
     *
     * @param secret ignored if shorter than {@link #SECRET_MIN_LENGTH}
     */
    public void add(String secret) {
        if (requireNonNull(secret, "secret").length() < SECRET_MIN_LENGTH) {
            return;
        }
        synchronized (lock) {
            if (secrets.contains(secret)) {
                return;
            }
            var copy = new ArrayList<>(secrets);
            copy.add(secret);
            // Longest first, so that a secret that contains another one is not left in halves.
            copy.sort(Comparator.comparingInt(String::length).reversed());
            secrets = List.copyOf(copy);
        }
    }

    /** Returns {@code text} with every known secret replaced. */
    public String redact(String text) {
        var result = text;
        for (var secret : secrets) {
            result = result.replace(secret, PLACEHOLDER);
        }
        return result;
    }
}
