package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.RecordChange;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Writes the journal of a run, each line before what it is about. A run that writes nothing leaves the journal of the one before. Used by one thread. */
final class JournalKeeper {

    private final long revision;
    private final Memory memory;
    private final Consumer<Journal> keep;
    private Optional<Journal> journal;

    /**
     * Begins.
     *
     * @param before what is kept of the runs before; those of the same revision are one with this
     * @param memory what was known before
     * @param keep is back when it is on the disk
     */
    JournalKeeper(long revision, Optional<Journal> before, Memory memory, Consumer<Journal> keep) {
        this.revision = revision;
        this.journal = before.filter(one -> one.revision() == revision);
        this.memory = memory;
        this.keep = keep;
    }

    /** After it was made, for its id is known only then: a tunnel that nobody knows to be ours is not deleted. */
    void made(String tunnelId) {
        line(one -> one.made(tunnelId));
    }

    void configures(Json.Obj before, Json.Obj after) {
        line(one -> one.configured(before, after));
    }

    void changes(List<RecordChange> changes) {
        if (!changes.isEmpty()) {
            line(one -> one.changed(changes));
        }
    }

    private void line(UnaryOperator<Journal> line) {
        var next = line.apply(journal.orElseGet(() -> Journal.of(revision, memory)));
        journal = Optional.of(next);
        keep.accept(next);
    }
}
