package dev.rookery.proxy.internal.certificate;

/** A file of which nothing can be said. Its message names the file and what was expected; nothing of what is in it is in there. */
public final class UnusableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    UnusableFileException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** Returns what it means. */
    public Problem problem() {
        return problem;
    }

    /** Why nothing can be said. */
    public enum Problem {
        /** There is no such file. */
        MISSING,
        /** This program may not read it; others may. */
        UNREADABLE,
        /** It is not what it should be. */
        INVALID
    }
}
