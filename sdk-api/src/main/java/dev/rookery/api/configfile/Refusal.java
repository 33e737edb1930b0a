package dev.rookery.api.configfile;

/** Thrown when one edit cannot be done; the others can. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
