package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * What becomes of a time that passed while no panel ran, or while the schedule's last run was not over. However many passed, there is
 * one run at most: for the last of them.
 *
 * @param mode which policy
 * @param grace how late a run may begin; of {@link Mode#WITHIN} only, zero otherwise
 */
public record CatchUp(Mode mode, Duration grace) {

    private static final Duration LONGEST = Duration.ofDays(31);

    /** Checks its arguments. */
    public CatchUp {
        requireNonNull(mode, "mode");
        requireNonNull(grace, "grace");
        boolean fits = mode == Mode.WITHIN
                ? !grace.isNegative() && !grace.isZero() && grace.compareTo(LONGEST) <= 0
                : grace.isZero();
        if (!fits) {
            throw new InvalidInputException(
                    "catch-up grace: " + grace + " (expected: of WITHIN only, at most " + LONGEST + ")");
        }
    }

    /** Which policy. */
    public enum Mode {
        /** It is noted as missed. */
        SKIP,
        /** It is made up for as soon as possible. */
        ONCE,
        /** It is made up for if it is not too late, and noted as missed otherwise. */
        WITHIN
    }

    /** Returns the policy that lets a missed time pass. */
    public static CatchUp skip() {
        return new CatchUp(Mode.SKIP, Duration.ZERO);
    }

    /** Returns the policy that makes up for it once. */
    public static CatchUp once() {
        return new CatchUp(Mode.ONCE, Duration.ZERO);
    }

    /** Returns the policy that makes up for it once if it is at most that late. */
    public static CatchUp within(Duration grace) {
        return new CatchUp(Mode.WITHIN, grace);
    }

    /**
     * Reads the text form.
     *
     * @param text {@code skip}, {@code once} or an ISO 8601 duration such as {@code PT10M}
     */
    public static CatchUp parse(String text) {
        return switch (text) {
            case "skip" -> skip();
            case "once" -> once();
            default -> {
                try {
                    yield within(Duration.parse(text));
                } catch (DateTimeParseException e) {
                    throw new InvalidInputException(
                            "catch-up: '" + text + "' (expected: skip, once or a duration such as PT10M)", e);
                }
            }
        };
    }

    /** Returns the text form, see {@link #parse}. */
    @Override
    public String toString() {
        return switch (mode) {
            case SKIP -> "skip";
            case ONCE -> "once";
            case WITHIN -> grace.toString();
        };
    }
}
