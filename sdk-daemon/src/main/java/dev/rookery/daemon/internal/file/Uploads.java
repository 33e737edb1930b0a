package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.daemon.UploadOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a node's servers that come in pieces. What is known of them survives the end of the node. Thread-safe. */
public final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private final UploadJournal store;
    private final UploadOptions options;
    private final Clock clock;
    // Guarded by itself.
    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    /** Creates it, with none yet. */
    public Uploads(UploadJournal store, UploadOptions options, Clock clock) {
        this.store = store;
        this.options = options;
        this.clock = clock;
    }

    /**
     * Takes up what was begun before the node ended, and claims the space for it again.
     *
     * @param volumes gives the files of a server; empty if there is none such any more
     */
    public void takeUp(Function<ServerId, Optional<Volume>> volumes) {
        for (var kept : store.all()) {
            var volume = volumes.apply(kept.server());
            if (volume.isEmpty()) {
                // Its files have gone the way of the server.
                store.remove(kept.id());
                continue;
            }
            try {
                takeUp(kept, volume.get());
            } catch (IOException e) {
                LOG.warn("upload {} of server {} is given up: {}", kept.id(), kept.server(), e.getMessage());
                abandon(kept, volume.get());
            }
        }
    }

    private void takeUp(StoredUpload kept, Volume volume) throws IOException {
        var found = kept;
        if (!kept.placed() && kept.arrivedBytes() == kept.sizeBytes()) {
            // The node ended at the very last step. Either it was done, or the last byte has to come again.
            boolean done = !new Arrival(volume, kept.id()).present();
            if (!done && kept.sizeBytes() == 0) {
                throw new IOException("it is empty, and nobody waits for it");
            }
            found = kept.at(done ? kept.sizeBytes() : kept.sizeBytes() - 1, done, kept.expires());
            store.advance(found.id(), found.arrivedBytes(), found.placed(), found.expires());
        }
        long missing = found.placed() ? 0 : found.sizeBytes() - found.arrivedBytes();
        var upload = new Upload(found, volume, volume.space().claimAgain(missing));
        synchronized (uploads) {
            uploads.put(found.id(), upload);
        }
    }

    private void abandon(StoredUpload kept, Volume volume) {
        try {
            new Arrival(volume, kept.id()).remove(0);
            store.remove(kept.id());
        } catch (IOException e) {
            LOG.warn("server {}: an unfinished upload cannot be removed: {}", kept.server(), e.getMessage());
        }
    }

    /** Gives up what has expired. */
    public void expire() {
        var now = clock.instant();
        discard(upload -> !upload.stored().expires().isAfter(now));
    }

    /** Gives up all files of a server. */
    public void forget(ServerId server) {
        discard(upload -> upload.stored().server().equals(server));
    }

    /**
     * Takes note of a new one.
     *
     * @throws InvalidInputException if there are too many
     */
    Upload add(
            ServerId server,
            String path,
            long sizeBytes,
            Optional<String> replaces,
            Optional<String> owner,
            Volume volume,
            DiskSpace.Claim claim) {
        var stored = new StoredUpload(
                UUID.randomUUID().toString(), server, path, sizeBytes, 0, false, replaces, owner, expiry());
        var upload = new Upload(stored, volume, claim);
        List<String> forgotten;
        synchronized (uploads) {
            requireRoom(server);
            forgotten = forgetPlaced(server);
            uploads.put(stored.id(), upload);
        }
        try {
            forgotten.forEach(store::remove);
            store.add(stored);
        } catch (RuntimeException e) {
            synchronized (uploads) {
                uploads.remove(stored.id());
            }
            throw e;
        }
        return upload;
    }

    Optional<Upload> find(String id) {
        synchronized (uploads) {
            return Optional.ofNullable(uploads.get(id));
        }
    }

    /** Returns when something is given up that is touched now. */
    Instant expiry() {
        return clock.instant().plus(options.lifetime());
    }

    /** Keeps how far one is. */
    void keep(Upload upload) {
        var stored = upload.stored();
        store.advance(stored.id(), stored.arrivedBytes(), stored.placed(), stored.expires());
    }

    /** Removes one with what has arrived of it. For who holds it, or knows that nobody does. */
    void discard(Upload upload) {
        var stored = upload.stored();
        try {
            upload.remove();
            synchronized (uploads) {
                uploads.remove(stored.id());
            }
            store.remove(stored.id());
        } catch (IOException e) {
            LOG.warn("server {}: an unfinished upload cannot be removed: {}", stored.server(), e.getMessage());
        }
    }

    private void discard(Predicate<Upload> which) {
        List<Upload> found;
        synchronized (uploads) {
            found = new ArrayList<>(uploads.values());
        }
        found.stream().filter(which).filter(Upload::cancel).forEach(this::discard);
    }

    /** Those that are done are known for a while to who missed the answer; of very many only the newest. */
    private List<String> forgetPlaced(ServerId server) {
        var placed = uploads.values().stream()
                .map(Upload::stored)
                .filter(stored -> stored.placed() && stored.server().equals(server))
                .map(StoredUpload::id)
                .toList();
        var oldest = placed.subList(0, Math.max(0, placed.size() - options.perServer()));
        uploads.keySet().removeAll(oldest);
        return oldest;
    }

    private void requireRoom(ServerId server) {
        long all = 0;
        long its = 0;
        for (var upload : uploads.values()) {
            var stored = upload.stored();
            if (!stored.placed()) {
                all++;
                its += stored.server().equals(server) ? 1 : 0;
            }
        }
        if (its >= options.perServer()) {
            throw new InvalidInputException("uploads: " + its + " are begun already (expected: at most "
                    + options.perServer() + " of a server)");
        }
        if (all >= options.perNode()) {
            throw new InvalidInputException(
                    "uploads: " + all + " are begun already (expected: at most " + options.perNode() + " of a node)");
        }
    }
}
