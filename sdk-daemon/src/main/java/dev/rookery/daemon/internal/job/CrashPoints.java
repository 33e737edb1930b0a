package dev.rookery.daemon.internal.job;

/** Hears where the work on a server has come to. Tests end the process there; else nobody listens. */
public interface CrashPoints {

    /** Hears nothing. */
    CrashPoints NONE = point -> {};

    /** Hears that a point was reached, such as {@code install created}; called on the working thread. */
    void reached(String point);
}
