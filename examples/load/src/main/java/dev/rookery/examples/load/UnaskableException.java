package dev.rookery.examples.load;

/** Thrown if a node cannot be tried at all; the message is the one sentence that the user reads. */
final class UnaskableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnaskableException(String message, Throwable cause) {
        super(message, cause);
    }
}
