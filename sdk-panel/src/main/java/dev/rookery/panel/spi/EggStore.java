package dev.rookery.panel.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imported eggs. Each method is one atomic change, see {@link PanelStore}. */
public interface EggStore {

    /**
     * Adds an egg under the next free id, counted from 1.
     *
     * @throws PanelException {@code EGG_EXISTS} if an egg has that uuid
     */
    EggRecord add(NewEgg egg);

    /**
     * Replaces an egg in place: it keeps its id and its servers, and the time at which it was added first.
     *
     * @return the egg afterwards
     * @throws PanelException {@code EGG_NOT_FOUND}, or {@code EGG_EXISTS} if another egg has the new uuid
     */
    EggRecord replace(long id, NewEgg egg);

    /** Returns one egg. */
    Optional<EggRecord> find(long id);

    /**
     * Returns one egg.
     *
     * @throws PanelException {@code EGG_NOT_FOUND}
     */
    default EggRecord get(long id) {
        return find(id).orElseThrow(() -> new PanelException(
                PanelException.Problem.EGG_NOT_FOUND, "there is no egg " + id, Map.of("eggId", Long.toString(id))));
    }

    /** Returns every egg, ordered by id. */
    List<EggRecord> list();

    /**
     * Removes an egg.
     *
     * @throws PanelException {@code EGG_NOT_FOUND}, or {@code EGG_IN_USE} if a server is made from it
     */
    void delete(long id);
}
