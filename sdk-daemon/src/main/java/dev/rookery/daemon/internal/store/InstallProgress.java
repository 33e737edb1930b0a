package dev.rookery.daemon.internal.store;

import dev.rookery.api.panel.InstallScript;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an installation has come.
 *
 * @param step the last step that is done
 * @param script what is run, once it is known
 * @param container the install container, once there is one
 * @param deadline when it is given up
 */
public record InstallProgress(Step step, Optional<InstallScript> script, Optional<String> container, Instant deadline) {

    /** Returns the state of an installation that begins. */
    public static InstallProgress begun(Instant deadline) {
        return new InstallProgress(Step.BEGUN, Optional.empty(), Optional.empty(), deadline);
    }

    /** Returns the state once the script is known. */
    public InstallProgress fetched(InstallScript known) {
        return new InstallProgress(Step.FETCHED, Optional.of(known), Optional.empty(), deadline);
    }

    /** Returns the state once the container is there. */
    public InstallProgress created(String id) {
        return new InstallProgress(Step.CREATED, script, Optional.of(id), deadline);
    }

    /** Returns the state once the container may have been started. */
    public InstallProgress started() {
        return new InstallProgress(Step.STARTED, script, container, deadline);
    }

    /** Returns the state once the script has ended well and its files are in order. */
    public InstallProgress succeeded() {
        return new InstallProgress(Step.SUCCEEDED, script, container, deadline);
    }

    /** A step of an installation. */
    public enum Step {
        /** Nothing has been done that matters. */
        BEGUN,
        /** The script is known. */
        FETCHED,
        /** The container is there and was not started. */
        CREATED,
        /** The container was started, or was about to be. */
        STARTED,
        /** The script has ended well; only the container may still have to go. */
        SUCCEEDED
    }
}
