package dev.rookery.api.configfile;

import dev.rookery.api.Incubating;
import java.util.Optional;

/**
 * What became of one edit.
 *
 * @param edit the edit
 * @param kind what became of it
 * @param places how many values it changed
 * @param reason why it was not done, empty if it was or if there was nothing to do
 */
@Incubating
public record EditOutcome(ConfigEdit edit, Kind kind, int places, Optional<String> reason) {

    /** What can become of an edit. */
    public enum Kind {
        /** At least one value has been changed or added. */
        CHANGED,
        /** The file said so already. */
        SAME,
        /** The file has no place for it, or the present value is not the one it asks for. */
        UNMATCHED,
        /** It cannot be done in this file; {@link EditOutcome#reason} says why. */
        REFUSED
    }

    static EditOutcome changed(ConfigEdit edit, int places) {
        return new EditOutcome(edit, Kind.CHANGED, places, Optional.empty());
    }

    static EditOutcome same(ConfigEdit edit) {
        return new EditOutcome(edit, Kind.SAME, 0, Optional.empty());
    }

    static EditOutcome unmatched(ConfigEdit edit) {
        return new EditOutcome(edit, Kind.UNMATCHED, 0, Optional.empty());
    }

    static EditOutcome refused(ConfigEdit edit, Refusal refusal) {
        return new EditOutcome(edit, Kind.REFUSED, 0, Optional.of(String.valueOf(refusal.getMessage())));
    }

    /** Returns the outcome of an edit that found places, of which some had to be changed. */
    static EditOutcome of(ConfigEdit edit, int found, int changed) {
        if (changed > 0) {
            return changed(edit, changed);
        }
        return found > 0 ? same(edit) : unmatched(edit);
    }
}
