package dev.rookery.panel.internal.memory;

import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
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
            if (tables.eggs.values().stream().anyMatch(e -> e.uuid().equalsIgnoreCase(egg.uuid()))) {
                throw new PanelException(
                        Problem.EGG_EXISTS,
                        "the egg " + egg.uuid() + " ('" + egg.name() + "') was imported before",
                        Map.of("uuid", egg.uuid()));
            }
            var added = new EggRecord(
                    ++tables.lastEgg,
                    egg.uuid(),
                    egg.name(),
                    egg.author(),
                    egg.description(),
                    egg.format(),
                    egg.document(),
                    egg.createdAt());
            tables.eggs.put(added.id(), added);
            return added;
        }
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
