package dev.rookery.examples.node;

import dev.rookery.api.RookeryException;
import java.net.BindException;

/** Finds the one line that tells an operator what is wrong. */
final class Failure {

    private Failure() {}

    static String textOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean meantForReaders =
                    cause instanceof RookeryException || cause instanceof BindException || cause instanceof Complaint;
            if (meantForReaders && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        var message = failure.getMessage();
        return message == null ? failure.toString() : failure.getClass().getSimpleName() + ": " + message;
    }

    /** Thrown with the line itself. */
    static final class Complaint extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Complaint(String message, Throwable cause) {
            super(message, cause);
        }

        Complaint(String message) {
            super(message);
        }
    }
}
