package dev.rookery.panel.internal.memory;

import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Eggs in memory. */
public final class MemoryEggs implements EggStore {

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemoryEggs(Tables tables) {
        this.tables = tables;
    }

    @Override
    public EggRecord add(NewEgg egg) {
        synchronized (tables) {
            requireFree(egg, 0);
            var added = record(++tables.lastEgg, egg, egg.createdAt());
            tables.eggs.put(added.id(), added);
            return added;
        }
    }

    @Override
    public EggRecord replace(long id, NewEgg egg) {
        synchronized (tables) {
            var present = tables.eggs.get(id);
            if (present == null) {
                throw notFound(id);
            }
            requireFree(egg, id);
            var replaced = record(id, egg, present.createdAt());
            tables.eggs.put(id, replaced);
            return replaced;
        }
    }

    private void requireFree(NewEgg egg, long id) {
        if (tables.eggs.values().stream().anyMatch(e -> e.id() != id && e.uuid().equalsIgnoreCase(egg.uuid()))) {
            throw new PanelException(
                    Problem.EGG_EXISTS,
                    "the egg " + egg.uuid() + " ('" + egg.name() + "') was imported before",
                    Map.of("uuid", egg.uuid()));
        }
    }

    private static EggRecord record(long id, NewEgg egg, Instant createdAt) {
        return new EggRecord(
                id, egg.uuid(), egg.name(), egg.author(), egg.description(), egg.format(), egg.document(), createdAt);
    }

    @Override
    public Optional<EggRecord> find(long id) {
        synchronized (tables) {
            return Optional.ofNullable(tables.eggs.get(id));
        }
    }

    @Override
    public List<EggRecord> list() {
        synchronized (tables) {
            return List.copyOf(tables.eggs.values());
        }
    }

    @Override
    public void delete(long id) {
        synchronized (tables) {
            if (!tables.eggs.containsKey(id)) {
                throw notFound(id);
            }
            if (tables.servers.values().stream()
                    .anyMatch(server -> server.spec().eggId() == id)) {
                throw new PanelException(
                        Problem.EGG_IN_USE,
                        "servers are made from egg " + id + " (expected: delete them first)",
                        Map.of("eggId", Long.toString(id)));
            }
            tables.eggs.remove(id);
        }
    }

    static PanelException notFound(long id) {
        return new PanelException(Problem.EGG_NOT_FOUND, "there is no egg " + id, Map.of("eggId", Long.toString(id)));
    }
}
