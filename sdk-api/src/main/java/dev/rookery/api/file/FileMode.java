package dev.rookery.api.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rookery.api.InvalidInputException;

/**
 * The nine permission bits of a file.
 *
 * @param bits 0 to 0777
 */
public record FileMode(int bits) {

    private static final int MAX = 0777;
    private static final int OCTAL = 8;

    /** Checks the bits. */
    public FileMode {
        if (bits < 0 || bits > MAX) {
            throw new InvalidInputException("mode: " + Integer.toOctalString(bits) + " (expected: octal 0 to 777)");
        }
    }

    /**
     * Reads the octal form, such as {@code 644}; leading zeros are fine.
     *
     * @throws InvalidInputException if it is none
     */
    @JsonCreator
    public static FileMode parse(String octal) {
        try {
            return new FileMode(Integer.parseInt(octal, OCTAL));
        } catch (NumberFormatException e) {
            throw new InvalidInputException("mode: '" + octal + "' (expected: octal digits such as 644)", e);
        }
    }

    /** Reads octal digits that were written as a number, such as 644. */
    @JsonCreator
    static FileMode parse(int digits) {
        return parse(Integer.toString(digits));
    }

    /** Returns the octal form without padding. Source: node API §2.4. */
    @JsonValue
    @Override
    public String toString() {
        return Integer.toOctalString(bits);
    }
}
