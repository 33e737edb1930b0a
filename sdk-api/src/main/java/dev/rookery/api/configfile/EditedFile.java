package dev.rookery.api.configfile;

import dev.rookery.api.Incubating;
import java.util.List;
import java.util.stream.Stream;

/** A file after its edits. Immutable. */
@Incubating
public final class EditedFile {

    private final byte[] content;
    private final boolean changed;
    private final List<EditOutcome> outcomes;

    EditedFile(byte[] content, boolean changed, List<EditOutcome> outcomes) {
        this.content = content;
        this.changed = changed;
        this.outcomes = List.copyOf(outcomes);
    }

    /** Returns a copy of the whole file. */
    public byte[] content() {
        return content.clone();
    }

    /** Returns whether any byte is another than before. */
    public boolean changed() {
        return changed;
    }

    /** Returns what became of each edit, in their order. */
    public List<EditOutcome> outcomes() {
        return outcomes;
    }

    /** Returns the edits that cannot be done in this file. */
    public Stream<EditOutcome> refusals() {
        return outcomes.stream().filter(outcome -> outcome.kind() == EditOutcome.Kind.REFUSED);
    }
}
