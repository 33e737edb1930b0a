package dev.rookery.examples.panel.proxy;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.panel.spi.ObjectStore;
import dev.rookery.proxy.store.RevisionArchive;
import dev.rookery.proxy.store.RevisionHeader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Copies of revisions in the object store that the panel has for backups. The key names the revision's etag, so that panels that share a store never replace
 * each other's. Thread-safe.
 */
public final class ObjectArchive implements RevisionArchive {

    private static final Duration VALIDITY = Duration.ofMinutes(15);
    private static final int ETAG = 16;
    private static final MediaType JSON_LINES = MediaType.get("application/jsonl");

    private final ObjectStore objects;
    private final OkHttpClient http;
    private final String folder;

    /**
     * Creates it.
     *
     * @param objects where copies go
     * @param http makes the calls; stays the caller's
     * @param instance a name for all copies of this panel
     */
    public ObjectArchive(ObjectStore objects, OkHttpClient http, String instance) {
        this.objects = objects;
        this.http = http;
        this.folder = "proxy/" + instance + "/";
    }

    @Override
    public void keep(String name, byte[] bytes) {
        var etag = RevisionHeader.fromBytes(bytes).etag().replaceAll("[^A-Za-z0-9]", "");
        var key =
                folder + name.replace(".jsonl", "") + "-" + etag.substring(0, Math.min(ETAG, etag.length())) + ".jsonl";
        var upload = objects.begin(key);
        try {
            var address = objects.sign(key, upload, 1, VALIDITY).get(0);
            objects.complete(key, upload, List.of(new BackupPart(uploaded(address, bytes), 1)));
        } catch (RuntimeException e) {
            objects.abort(key, upload);
            throw e;
        }
    }

    private String uploaded(URI address, byte[] bytes) {
        var request = new Request.Builder()
                .url(address.toString())
                .put(RequestBody.create(bytes, JSON_LINES))
                .build();
        try (var response = http.newCall(request).execute()) {
            var etag = response.header("ETag");
            if (!response.isSuccessful() || etag == null) {
                throw new UnavailableException(
                        "the object store answered " + response.code() + " (expected: that it has the revision)");
            }
            return etag;
        } catch (IOException e) {
            throw new UnavailableException("the object store cannot be reached", e);
        }
    }
}
