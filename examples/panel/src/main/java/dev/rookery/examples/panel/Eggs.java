package dev.rookery.examples.panel;

import dev.rookery.api.RookeryException;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggFinding;
import dev.rookery.api.egg.EggLint;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggReading;
import dev.rookery.examples.panel.download.PublicDownload;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Imports eggs into the panel. */
public final class Eggs {

    private static final Logger LOG = LoggerFactory.getLogger(Eggs.class);
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final PanelService panel;
    private final EggStore store;
    private final PublicDownload download = new PublicDownload(MAX_BYTES);
    private final Clock clock;

    /** Creates the import into a panel. */
    public Eggs(PanelService panel, Clock clock) {
        this.panel = panel;
        this.store = panel.store().eggs();
        this.clock = clock;
    }

    /**
     * An egg that was imported.
     *
     * @param row as stored
     * @param egg as read
     * @param warnings what is wrong or odd about it
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
        return new Imported(row, reading.egg(), EggLint.check(reading));
    }

    /**
     * Says what another version of an egg would change.
     *
     * @throws dev.rookery.api.egg.EggException if it cannot be read
     */
    public EggUpdate preview(EggRecord present, byte[] document) {
        return EggUpdate.between(read(present).egg(), EggReader.read(document).egg(), serversOf(present));
    }

    /**
     * Replaces an egg by another version of it. Its servers stay, and their nodes are told.
     *
     * @throws dev.rookery.api.egg.EggException if it cannot be read
     * @throws dev.rookery.panel.spi.PanelException {@code EGG_NOT_FOUND}, or {@code EGG_EXISTS} if it says it is another egg of this panel
     */
    public Imported replace(EggRecord present, byte[] document) {
        var next = NewEgg.of(document, clock.instant());
        var uuid = EggReader.read(document).egg().uuid().orElse(present.uuid());
        var row = panel.store()
                .eggs()
                .replace(
                        present.id(),
                        new NewEgg(
                                uuid,
                                next.name(),
                                next.author(),
                                next.description(),
                                next.format(),
                                next.document(),
                                next.createdAt()));
        tellNodes(row);
        var reading = read(row);
        return new Imported(row, reading.egg(), EggLint.check(reading));
    }

    /** Loads an egg's file from a public address. */
    public byte[] fetch(String url) {
        return download.load(url);
    }

    private List<PanelServer> serversOf(EggRecord egg) {
        return panel.store().servers().list(ServerQuery.all()).servers().stream()
                .filter(server -> server.spec().eggId() == egg.id())
                .toList();
    }

    /** Nobody waits for the nodes: some may be away. */
    private void tellNodes(EggRecord egg) {
        for (var server : serversOf(egg)) {
            try {
                panel.requestSync(server.id());
            } catch (PanelException e) {
                LOG.debug("server {} was deleted meanwhile", server.id(), e);
            } catch (RookeryException e) {
                // The egg is replaced all the same, and the others are told.
                LOG.warn("server {}: its node is not told of the new egg", server.id(), e);
            }
        }
    }

    /** Finds an egg by its number or its name. */
    public Optional<EggRecord> find(String numberOrName) {
        return store.list().stream()
                .filter(egg -> Long.toString(egg.id()).equals(numberOrName)
                        || egg.name().equals(numberOrName))
                .findFirst();
    }

    /** Finds an egg by its number. */
    public static Optional<EggRecord> find(EggStore store, String number) {
        try {
            return store.find(Long.parseLong(number));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Reads a stored egg again. */
    public static EggReading read(EggRecord row) {
        return EggReader.read(row.document());
    }
}
