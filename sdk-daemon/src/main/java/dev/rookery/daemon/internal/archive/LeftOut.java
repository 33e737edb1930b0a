package dev.rookery.daemon.internal.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What does not go into an archive, or does not come out of it, though the rest does; for the reader of a job. Used by one thread. */
final class LeftOut {

    private static final int SHOWN = 5;

    private final String what;
    private final List<String> first = new ArrayList<>();
    private long count;

    /**
     * Creates it.
     *
     * @param what is left out, in the plural
     */
    LeftOut(String what) {
        this.what = what;
    }

    void add(String name) {
        count++;
        if (first.size() < SHOWN) {
            first.add("'" + Guard.shown(name) + "'");
        }
    }

    /** Says what is left out, if anything is. */
    Optional<String> text() {
        return count == 0
                ? Optional.empty()
                : Optional.of("left out: " + count + " " + what + ": " + String.join(", ", first)
                        + (count > SHOWN ? " and others" : ""));
    }
}
