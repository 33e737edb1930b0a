package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import dev.rookery.api.RookeryException;
import dev.rookery.proxy.Finding;
import java.util.List;

/** Thrown when a change is not saved, because our checks or the engine's program found an error. Nothing was changed. */
@Incubating
public final class RefusedChangeException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /**
     * Creates the exception.
     *
     * @param findings everything that was found; one of them at least is an error
     */
    public RefusedChangeException(List<Finding> findings) {
        super(message(findings), null, null);
        this.findings = List.copyOf(findings);
    }

    /** Returns everything that was found, not only errors. */
    public List<Finding> findings() {
        return findings;
    }

    @Override
    public boolean retryable() {
        return false;
    }

    private static String message(List<Finding> findings) {
        var errors = findings.stream().filter(Finding::error).toList();
        var first = errors.isEmpty() ? "nothing" : errors.get(0).toString();
        return errors.size() < 2 ? first : first + " (and " + (errors.size() - 1) + " more)";
    }
}
