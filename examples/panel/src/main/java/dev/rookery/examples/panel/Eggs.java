package dev.rookery.examples.panel;

import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggReading;
import dev.rookery.api.egg.EggFinding;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NewEgg;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Imports eggs into the panel. */
public final class Eggs {

    private final EggStore store;
    private final Clock clock;

    /** Creates the import over its store. */
    public Eggs(EggStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * An egg that was imported.
     *
     * @param row as stored
     * @param egg as read
     * @param warnings what was repaired while reading
     */
    public record Imported(EggRecord row, Egg egg, List<EggFinding> warnings) {}

    /**
     * Imports an egg.
     *
     * @throws dev.rookery.api.egg.EggException if it cannot be read
     * @throws dev.rookery.panel.spi.PanelException {@code EGG_EXISTS}
     */
    public Imported add(byte[] document) {
        var row = store.add(NewEgg.of(document, clock.instant()));
        var reading = read(row);
        return new Imported(row, reading.egg(), reading.warnings());
    }

    /** Finds an egg by its number or its name. */
    public Optional<EggRecord> find(String numberOrName) {
        return store.list().stream()
                .filter(egg -> Long.toString(egg.id()).equals(numberOrName)
                        || egg.name().equals(numberOrName))
                .findFirst();
    }

    /** Reads a stored egg again. */
    public static EggReading read(EggRecord row) {
        return EggReader.read(row.document());
    }
}
