package dev.rookery.panel.spi;

/** What becomes of an enrolment key that is shown. */
public enum EnrolmentOutcome {
    /** It was good and is now used up. */
    ACCEPTED,
    /** There is no such key. */
    UNKNOWN,
    /** It enrols another node. It stays good for that one. */
    OTHER_NODE,
    /** It was used before. */
    USED,
    /** Its time is over. */
    EXPIRED
}
