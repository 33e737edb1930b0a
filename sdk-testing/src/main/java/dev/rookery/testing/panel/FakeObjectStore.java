package dev.rookery.testing.panel;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.panel.spi.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** An object store in memory that takes parts by a method instead of over HTTP. Thread-safe. */
public final class FakeObjectStore implements ObjectStore {

    private static final String ADDRESS = "https://objects.example/";

    private final Map<String, Upload> uploads = new HashMap<>();
    private final Set<String> objects = new TreeSet<>();
    private int begun;

    private record Upload(String key, Map<Integer, String> parts) {}

    /** Creates an empty store. */
    public FakeObjectStore() {}

    @Override
    public synchronized String begin(String key) {
        var id = "upload-" + ++begun;
        uploads.put(id, new Upload(key, new TreeMap<>()));
        return id;
    }

    @Override
    public List<URI> sign(String key, String upload, int count, Duration validity) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> URI.create(ADDRESS + key + "?upload=" + upload + "&part=" + number))
                .toList();
    }

    /**
     * Takes a part, as the store does over HTTP.
     *
     * @param url as {@link #sign} returned it
     * @return what the report names it by
     * @throws NotFoundException if the upload has ended
     */
    public synchronized BackupPart put(URI url) {
        var query = url.getQuery().split("[=&]", -1);
        var upload = uploads.get(query[1]);
        if (upload == null) {
            throw new NotFoundException("there is no upload " + query[1]);
        }
        int number = Integer.parseInt(query[3]);
        var etag = "\"" + query[1] + "-" + number + "\"";
        upload.parts().put(number, etag);
        return new BackupPart(etag, number);
    }

    @Override
    public synchronized void complete(String key, String upload, List<BackupPart> parts) {
        var present = uploads.get(upload);
        if (present == null) {
            if (objects.contains(key)) {
                return;
            }
            throw new NotFoundException("there is no upload " + upload);
        }
        var told = new TreeMap<Integer, String>();
        parts.forEach(part -> told.put(part.partNumber(), part.etag()));
        if (parts.isEmpty() || !told.equals(present.parts())) {
            throw new InvalidInputException("parts: not those that were uploaded");
        }
        uploads.remove(upload);
        objects.add(key);
    }

    @Override
    public synchronized void abort(String key, String upload) {
        uploads.remove(upload);
    }

    @Override
    public URI download(String key, Duration validity) {
        return URI.create(ADDRESS + key);
    }

    @Override
    public synchronized void delete(String key) {
        objects.remove(key);
    }

    /** Returns whether there is an object at an address that {@link #download} returned. */
    public synchronized boolean has(URI address) {
        return objects.contains(address.toString().substring(ADDRESS.length()));
    }

    /** Returns the keys of all objects. */
    public synchronized Set<String> objects() {
        return Set.copyOf(objects);
    }

    /** Returns the keys that parts are being uploaded for. */
    public synchronized List<String> uploads() {
        return uploads.values().stream().map(Upload::key).toList();
    }
}
