package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StageState;
import java.util.Optional;

/**
 * How far everything is: what is saved, what the engine provably runs, and what the cloud was told are three things.
 *
 * @param saved the newest revision
 * @param engine how far the engine is
 * @param cloud how far the cloud is; empty without one, or if it was never told anything
 */
@Incubating
public record ProxyState(RevisionHeader saved, StageState engine, Optional<StageState> cloud) {

    /** Checks its arguments. */
    public ProxyState {
        requireNonNull(saved, "saved");
        requireNonNull(engine, "engine");
        requireNonNull(cloud, "cloud");
    }

    /** Returns whether the engine provably runs what is saved. */
    public boolean applied() {
        return engine.revision() == saved.number() && (engine.outcome() == StageState.Outcome.DONE || undone());
    }

    /** What failed was an earlier revision than the one that it has: the document was taken back to what it runs. */
    private boolean undone() {
        return engine.outcome() == StageState.Outcome.ROLLED_BACK && engine.tried() < engine.revision();
    }
}
