package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.store.RevisionArchive;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import java.time.Clock;

/** Hands revisions over to an archive that has not got them yet. */
final class ArchiveStage {

    private static final String NAME = "archive";

    private final RouteStore store;
    private final RevisionArchive archive;
    private final Clock clock;

    ArchiveStage(RouteStore store, RevisionArchive archive, Clock clock) {
        this.store = store;
        this.archive = archive;
        this.clock = clock;
    }

    void copy() {
        long head = store.head().number();
        long kept = store.stage(NAME).map(StageState::revision).orElse(0L);
        for (long number = kept + 1; number <= head; number++) {
            long present = number;
            store.find(number)
                    .ifPresent(revision -> archive.keep(String.format("%08d.jsonl", present), revision.toBytes()));
            store.keep(new StageState(NAME, number, number, number, StageState.Outcome.DONE, "", clock.instant(), ""));
        }
    }
}
