package dev.rookery.proxy.internal.apply;

import dev.rookery.kit.Correlation;
import dev.rookery.proxy.apply.ApplyReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change whose caller waits for what becomes of it. Used by whoever's turn it is. */
final class Waiting {

    private final Change change;
    private final Optional<String> correlation = Correlation.current();
    private final long since = System.nanoTime();
    private @Nullable ApplyReport report;
    private @Nullable RuntimeException refusal;

    Waiting(Change change) {
        this.change = change;
    }

    Change change() {
        return change;
    }

    long since() {
        return since;
    }

    /** Whether it was made from no revision in particular, so that others' changes may come with it. */
    boolean anyRevision() {
        return change.etag().isEmpty();
    }

    boolean ended() {
        return report != null || refusal != null;
    }

    void end(ApplyReport became) {
        report = became;
    }

    void refuse(RuntimeException reason) {
        refusal = reason;
    }

    /** Does something in the name of what caused this. */
    void caused(Runnable task) {
        if (correlation.isEmpty()) {
            task.run();
            return;
        }
        var scope = Correlation.open(correlation.get());
        try {
            task.run();
        } finally {
            scope.close();
        }
    }

    /** Returns what became of it, once it has ended. */
    ApplyReport result() {
        if (refusal != null) {
            throw refusal;
        }
        if (report == null) {
            throw new IllegalStateException("a change has not ended");
        }
        return report;
    }
}
