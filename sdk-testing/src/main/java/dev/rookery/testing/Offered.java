package dev.rookery.testing;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/**
 * Passes a contract's test over that asks a node or a panel for more than it offers. The reason starts with
 * {@value #REASON}, so that reports tell these tests from those that a missing part of the machine left out.
 */
public final class Offered {

    /** How the reason of a test starts that was passed over. */
    public static final String REASON = "not offered: ";

    /** What follows where not the subject lacks something, but whoever asks: another panel, a server of somebody else. */
    public static final String NOT_ASKED = "cannot be asked here: ";

    private Offered() {}

    /**
     * Ends the test, neither passed nor failed, unless the subject offers what it is about to ask for.
     *
     * @param offered whether the subject offers it
     * @param lack what it does not offer, as a sentence
     */
    public static void assume(boolean offered, String lack) {
        assume(offered, () -> lack);
    }

    /**
     * Ends the test, neither passed nor failed, unless the subject offers what it is about to ask for.
     *
     * @param offered whether the subject offers it
     * @param lack what it does not offer, as a sentence
     */
    public static void assume(boolean offered, Supplier<String> lack) {
        if (!offered) {
            Assumptions.abort(REASON + lack.get());
        }
    }

    /**
     * Ends the test, neither passed nor failed, unless the subject can be asked from here.
     *
     * @param askable whether it can be asked
     * @param obstacle what stands in the way, as a sentence
     */
    public static void assumeAskable(boolean askable, String obstacle) {
        assume(askable, () -> NOT_ASKED + obstacle);
    }
}
