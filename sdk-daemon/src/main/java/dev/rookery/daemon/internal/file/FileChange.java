package dev.rookery.daemon.internal.file;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is to become of a file's attributes. What is empty stays as it is.
 *
 * @param mode its permissions; bits beyond them are passed over
 * @param sizeBytes its length: what lies behind is cut off, what is missing reads as zeros
 * @param times when it was read and changed last
 */
public record FileChange(OptionalInt mode, OptionalLong sizeBytes, Optional<Times> times) {

    /** Returns the change that changes nothing. */
    public static FileChange none() {
        return new FileChange(OptionalInt.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** Returns the change of a length only. */
    static FileChange size(long bytes) {
        return new FileChange(OptionalInt.empty(), OptionalLong.of(bytes), Optional.empty());
    }

    /**
     * Times of a file, in seconds since 1970.
     *
     * @param accessedSeconds when it was read last
     * @param modifiedSeconds when it was changed last
     */
    public record Times(long accessedSeconds, long modifiedSeconds) {}
}
