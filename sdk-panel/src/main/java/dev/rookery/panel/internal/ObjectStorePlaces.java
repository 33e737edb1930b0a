package dev.rookery.panel.internal;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.panel.spi.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An object store that a few may ask at a time: one that hangs leaves room for operations that do not need it. Who gets no place soon is told
 * to try again. Thread-safe.
 */
final class ObjectStorePlaces implements ObjectStore {

    /** Half of the places that the operations of one node have. */
    private static final int PLACES = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ObjectStore store;
    private final Semaphore places = new Semaphore(PLACES);

    ObjectStorePlaces(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String begin(String key) {
        return inPlace(() -> store.begin(key));
    }

    @Override
    public List<URI> sign(String key, String upload, int count, Duration validity) {
        return store.sign(key, upload, count, validity);
    }

    @Override
    public void complete(String key, String upload, List<BackupPart> parts) {
        inPlace(() -> {
            store.complete(key, upload, parts);
            return key;
        });
    }

    @Override
    public void abort(String key, String upload) {
        inPlace(() -> {
            store.abort(key, upload);
            return key;
        });
    }

    @Override
    public URI download(String key, Duration validity) {
        return store.download(key, validity);
    }

    @Override
    public void delete(String key) {
        inPlace(() -> {
            store.delete(key);
            return key;
        });
    }

    private <T> T inPlace(Supplier<T> call) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("the object store is busy with " + PLACES + " calls (expected: fewer)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for the object store", e);
        }
        try {
            return call.get();
        } finally {
            places.release();
        }
    }
}
