package dev.rookery.api.panel;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ServerId;

/**
 * What one node asks of its panel. An instance belongs to one node and sees that node's servers only, by construction: asking for
 * another server throws {@link dev.rookery.api.NotFoundException}.
 *
 * <p>A first implementation needs the three abstract calls besides {@link #with}; reports are dropped until it wants them. Calls
 * block; implementations are thread-safe. Reports may arrive twice and have to be idempotent.
 */
public interface Panel {

    /** Returns the same panel with every call bounded by {@code options}. */
    Panel with(CallOptions options);

    /**
     * Returns one page of the node's servers, ordered by uuid.
     *
     * @param page from 1
     * @param perPage how many at most, at least 1
     */
    ServerPage servers(int page, int perPage);

    /** Returns how to run one server. */
    ServerConfiguration configuration(ServerId server);

    /** Returns how to install one server. */
    InstallScript installScript(ServerId server);

    /** Takes the outcome of an installation. */
    default void reportInstall(ServerId server, InstallReport report) {}

    /** Takes a change of the power state; the latest one wins. */
    default void reportState(ServerId server, StateChange change) {}

    /** Takes the news that the node has restarted. */
    default void reset() {}
}
